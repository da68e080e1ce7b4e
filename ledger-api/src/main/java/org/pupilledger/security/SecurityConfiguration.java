package org.pupilledger.security;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletResponse;
import java.security.SecureRandom;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

/** Denies by default: HTTP Basic, no sessions, the table of access, and problems instead of pages. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {
    private static final String REALM = "Basic realm=\"pupil-matching ledger\", charset=\"UTF-8\"";

    @Bean
    AuthenticationManager authenticationManager(List<Account> accounts, SecurityLog log) {
        SecureRandom random = new SecureRandom();
        Hashing hashing = new Hashing(
                accounts,
                PasswordEncoderFactories.createDelegatingPasswordEncoder(),
                random,
                Runtime.getRuntime().availableProcessors());
        return new ProviderManager(new PasswordCheck(accounts, hashing, log, random, System::nanoTime));
    }

    @Bean
    SecurityFilterChain filterChain(
            HttpSecurity http,
            AuthenticationManager manager,
            ProblemWriter problems,
            PublicEntries publicEntries,
            Proxies proxies,
            SecurityLog log)
            throws Exception {
        AuthenticationEntryPoint entryPoint = (request, response, failure) -> {
            if (failure instanceof TooManyAttempts braked) {
                response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(braked.retryAfter()));
                problems.write(response, 429);
            } else {
                response.setHeader(HttpHeaders.WWW_AUTHENTICATE, REALM);
                problems.write(response, HttpServletResponse.SC_UNAUTHORIZED);
            }
        };
        OpenReading openReading = new OpenReading();
        return http.authenticationManager(manager)
                // No token is needed: changes need a JSON or CSV body, and are refused to pages of other origins.
                .csrf(AbstractHttpConfigurer::disable)
                .addFilterBefore(openReading, BasicAuthenticationFilter.class)
                .addFilterBefore(new ForeignOrigins(proxies, log, problems), BasicAuthenticationFilter.class)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .headers(headers -> headers.addHeaderWriter((request, response) -> SecurityHeaders.write(response))
                        .addHeaderWriter(openReading))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .httpBasic(basic ->
                        basic.authenticationEntryPoint(entryPoint).authenticationDetailsSource(proxies::client))
                .exceptionHandling(failures -> failures.authenticationEntryPoint(entryPoint)
                        .accessDeniedHandler((request, response, denied) -> {
                            log.noteSignedIn(SecurityLog.Event.FORBIDDEN, Access.call(request));
                            problems.write(response, HttpServletResponse.SC_FORBIDDEN);
                        }))
                .authorizeHttpRequests(requests -> {
                    PathPatternRequestMatcher.Builder paths = PathPatternRequestMatcher.withDefaults();
                    // what the container refused by itself: a problem, whoever asked
                    requests.dispatcherTypeMatchers(DispatcherType.ERROR).permitAll();
                    requests.requestMatchers(new ReleasedEntries(publicEntries)).permitAll();
                    for (Access access : Access.table()) {
                        for (HttpMethod method : access.methods()) {
                            var calls = requests.requestMatchers(paths.matcher(method, access.pattern()));
                            if (access.who().isEmpty()) {
                                calls.permitAll();
                            } else {
                                calls.hasAnyRole(
                                        access.who().stream().map(Role::name).toArray(String[]::new));
                            }
                        }
                    }
                    requests.anyRequest().authenticated();
                })
                .build();
    }

    /** A method that nobody knows is 405 like any other that a path does not have. */
    @Bean
    HttpFirewall httpFirewall() {
        StrictHttpFirewall firewall = new StrictHttpFirewall();
        firewall.setUnsafeAllowAnyHttpMethod(true);
        return firewall;
    }

    /** Addresses that the firewall refuses get a problem too. */
    @Bean
    RequestRejectedHandler requestRejectedHandler(ProblemWriter problems) {
        return (request, response, rejected) -> problems.write(response, HttpServletResponse.SC_BAD_REQUEST);
    }
}
