package io.tillpost.console.security;

import com.vaadin.flow.spring.security.VaadinSecurityConfigurer;
import io.tillpost.frontend.TillpostTheme;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Two doors: the HTTP API with HTTP Basic or the console's session, and the console with a login
 * form.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
@EnableMethodSecurity
@EnableConfigurationProperties(SecurityProperties.class)
class SecurityConfiguration {

  private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

  /**
   * As strict as Vaadin's client engine allows: it makes functions from text and puts style
   * elements into the page. Everything else comes from this server, and no page may frame us.
   */
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline';"
          + " img-src 'self' data:; font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'self';"
          + " form-action 'self'; frame-ancestors 'none'";

  @Bean
  PasswordEncoder passwordEncoder() {
    return new DelegatingPasswordEncoder("bcrypt", Map.of("bcrypt", new BCryptPasswordEncoder()));
  }

  @Bean
  @Order(1)
  SecurityFilterChain api(
      HttpSecurity http,
      ThrottledLogin login,
      ProblemAnswers problems,
      SecurityProperties properties) {
    MetricsToken metricsToken = new MetricsToken(properties.metricsToken());
    // Without a session there is nothing that a foreign page could abuse: that is "not logged in".
    // But a browser that keeps credentials of HTTP Basic sends them with what foreign pages ask
    // for.
    RequestMatcher needsToken =
        request ->
            !SAFE_METHODS.contains(request.getMethod())
                && (isOfForeignPage(request)
                    || (!isBasic(request) && request.getSession(false) != null));
    return http.securityMatcher("/api/**", "/actuator/**", "/v3/**")
        .authenticationProvider(login)
        .authorizeHttpRequests(
            requests ->
                requests
                    .requestMatchers(
                        "/actuator/health",
                        "/actuator/health/liveness",
                        "/actuator/health/readiness")
                    .permitAll()
                    .requestMatchers("/actuator/prometheus")
                    .access(
                        (who, context) ->
                            new AuthorizationDecision(
                                metricsToken.isIn(context.getRequest())
                                    || who.get().getAuthorities().stream()
                                        .anyMatch(
                                            authority ->
                                                "ROLE_ADMINISTER"
                                                    .equals(authority.getAuthority()))))
                    .requestMatchers("/actuator/**")
                    .hasRole(Permission.Name.ADMINISTER)
                    .anyRequest()
                    .hasRole(Permission.Name.VIEW))
        .httpBasic(basic -> basic.authenticationEntryPoint(problems))
        .exceptionHandling(
            failures -> failures.authenticationEntryPoint(problems).accessDeniedHandler(problems))
        .csrf(csrf -> csrf.requireCsrfProtectionMatcher(needsToken))
        .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.NEVER))
        .requestCache(cache -> cache.disable())
        .headers(SecurityConfiguration::headers)
        .build();
  }

  @Bean
  @Order(2)
  SecurityFilterChain console(HttpSecurity http, ThrottledLogin login) {
    return http.authenticationProvider(login)
        .authorizeHttpRequests(
            requests -> requests.requestMatchers(TillpostTheme.RESOURCES).permitAll())
        .with(
            VaadinSecurityConfigurer.vaadin(),
            vaadin ->
                vaadin
                    .loginView("/login")
                    // An address that is no view: the router says "not found", but only to who is
                    // logged in.
                    .anyRequest(AuthorizeHttpRequestsConfigurer.AuthorizedUrl::authenticated))
        // After Vaadin's own part, which says where the login page is.
        .formLogin(form -> form.failureHandler(new LoginFailure()))
        .headers(SecurityConfiguration::headers)
        .build();
  }

  private static void headers(HeadersConfigurer<HttpSecurity> headers) {
    headers
        .contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_SECURITY_POLICY))
        .frameOptions(frames -> frames.deny())
        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN))
        .permissionsPolicyHeader(
            permissions ->
                permissions.policy("camera=(), microphone=(), geolocation=(), payment=()"));
  }

  /** As browsers tell; what is no browser does not say, and is not made to ask by a page. */
  private static boolean isOfForeignPage(HttpServletRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    return site != null && !site.equals("same-origin") && !site.equals("none");
  }

  private static boolean isBasic(HttpServletRequest request) {
    String header = request.getHeader(HttpHeaders.AUTHORIZATION);
    return header != null && header.regionMatches(true, 0, "Basic ", 0, 6);
  }
}
