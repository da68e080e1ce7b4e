package org.pupilledger.rest;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import org.pupilledger.http.JsonBodyConverter;
import org.pupilledger.http.PlainBody;
import org.pupilledger.http.Representation;
import org.pupilledger.http.WaitFor;
import org.pupilledger.limits.Weighing;
import org.pupilledger.node.Waiting;
import org.pupilledger.published.LogController;
import org.pupilledger.views.JsonForms;
import org.pupilledger.views.JsonSchemas;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.web.filter.ShallowEtagHeaderFilter;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Plugs the strict reading of bodies and parameters into Spring MVC, and describes the interface. */
@Configuration(proxyBeanMethods = false)
class RestConfiguration implements WebMvcConfigurer {
    private final Waiting waiting;
    private final Weighing weighing;

    RestConfiguration(Waiting waiting, Weighing weighing) {
        this.waiting = waiting;
        this.weighing = weighing;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new PlainBody());
        registry.addInterceptor(
                new WaitFor(waiting, Set.of(RequestsController.class.getPackage(), LogController.class.getPackage())));
        // after those that wait
        registry.addInterceptor(weighing).addPathPatterns("/api/**");
    }

    @Override
    public void configureMessageConverters(HttpMessageConverters.ServerBuilder builder) {
        builder.addCustomConverter(new JsonBodyConverter(weighing));
    }

    /** The description changes with the program only. Static, since filters are made before what this is made of. */
    @Bean
    static FilterRegistrationBean<ShallowEtagHeaderFilter> descriptionForCaches() {
        FilterRegistrationBean<ShallowEtagHeaderFilter> filter =
                new FilterRegistrationBean<>(new ShallowEtagHeaderFilter() {
                    @Override
                    protected void doFilterInternal(
                            HttpServletRequest request, HttpServletResponse response, FilterChain rest)
                            throws ServletException, IOException {
                        response.setHeader(
                                HttpHeaders.CACHE_CONTROL,
                                CacheControl.maxAge(Representation.FRESH)
                                        .cachePublic()
                                        .getHeaderValue());
                        super.doFilterInternal(request, response, rest);
                    }

                    // HEAD too
                    @Override
                    protected boolean isEligibleForEtag(
                            HttpServletRequest request, HttpServletResponse response, int status, InputStream body) {
                        return status == HttpServletResponse.SC_OK;
                    }
                });
        filter.setUrlPatterns(List.of("/v3/api-docs", "/v3/api-docs.yaml"));
        return filter;
    }

    @Bean
    JsonForms jsonForms() {
        return new JsonForms();
    }

    /** First, so that all other converters have their say before it. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    JsonSchemas jsonSchemas() {
        return new JsonSchemas();
    }

    @Bean
    OpenAPI openApi() {
        return new OpenAPI()
                // else it would name whatever host the caller did
                .addServersItem(new Server().url("/"))
                .info(new Info()
                        .title("Pupil-matching ledger")
                        .version("v1")
                        .description("Records requests to match people against the National Pupil Database, and what"
                                + " became of them, as immutable events; and counts them.")
                        .license(new License().name("Apache-2.0")))
                .schemaRequirement(
                        "basic",
                        new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("basic"))
                .addSecurityItem(new SecurityRequirement().addList("basic"));
    }
}
