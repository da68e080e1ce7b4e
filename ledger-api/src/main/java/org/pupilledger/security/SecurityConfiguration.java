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
    AuthenticationManager authenticationManager(List<Account> accounts) {
        return new ProviderManager(new PasswordCheck(
                accounts,
                PasswordEncoderFactories.createDelegatingPasswordEncoder(),
                new SecureRandom(),
                System::nanoTime));
    }

    @Bean
    SecurityFilterChain filterChain(
            HttpSecurity http,
            AuthenticationManager manager,
            ProblemWriter problems,
            PublicEntries publicEntries,
            Proxies proxies)
            throws Exception {
        AuthenticationEntryPoint entryPoint = (request, response, failure) -> {
            if (failure instanceof TooManyAttempts) {
                response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(PasswordCheck.BRAKE.toSeconds()));
                problems.write(response, 429);
            } else {
                response.setHeader(HttpHeaders.WWW_AUTHENTICATE, REALM);
                problems.write(response, HttpServletResponse.SC_UNAUTHORIZED);
            }
        };
        return http.authenticationManager(manager)
                // No token is needed: changes need a JSON or CSV body, and are refused to pages of other origins.
                .csrf(AbstractHttpConfigurer::disable)
                .addFilterBefore(new ForeignOrigins(proxies, problems), BasicAuthenticationFilter.class)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .headers(headers -> headers.addHeaderWriter((request, response) -> SecurityHeaders.write(response)))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .httpBasic(basic -> basic.authenticationEntryPoint(entryPoint))
                .exceptionHandling(failures -> failures.authenticationEntryPoint(entryPoint)
                        .accessDeniedHandler((request, response, denied) ->
                                problems.write(response, HttpServletResponse.SC_FORBIDDEN)))
                .authorizeHttpRequests(requests -> {
                    PathPatternRequestMatcher.Builder paths = PathPatternRequestMatcher.withDefaults();
                    // what the container refused by itself: a problem, whoever asked
                    requests.dispatcherTypeMatchers(DispatcherType.ERROR).permitAll();
                    requests.requestMatchers(new ReleasedEntries(publicEntries), new PublicBundles(publicEntries))
                            .permitAll();
                    for (Access access : Access.table()) {
                        for (HttpMethod method : methods(access)) {
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

    private static List<HttpMethod> methods(Access access) {
        if (access.method() == null) {
            return List.of(HttpMethod.values());
        }
        return access.method().equals(HttpMethod.GET)
                ? List.of(HttpMethod.GET, HttpMethod.HEAD)
                : List.of(access.method());
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
