package io.tillpost.console.security;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;

/** Checks a name and a password against the users file, behind the {@link LoginThrottle}. */
@Component
final class ThrottledLogin implements AuthenticationProvider {

  private final DaoAuthenticationProvider passwords;
  private final LoginThrottle throttle;

  ThrottledLogin(OperatorDirectory directory, PasswordEncoder encoder, LoginThrottle throttle) {
    this.passwords = new DaoAuthenticationProvider(directory::principal);
    this.passwords.setPasswordEncoder(encoder);
    this.throttle = throttle;
  }

  @Override
  public @Nullable Authentication authenticate(Authentication login) {
    String name = login.getName();
    String address =
        login.getDetails() instanceof WebAuthenticationDetails details
                && details.getRemoteAddress() != null
            ? details.getRemoteAddress()
            : "unknown";
    Optional<Duration> wait = throttle.waitFor(name, address);
    if (wait.isPresent()) {
      throw new TooManyAttempts(wait.get());
    }
    try {
      Authentication done = passwords.authenticate(login);
      throttle.succeeded(name, address);
      return done;
    } catch (BadCredentialsException e) {
      throttle.failed(name, address);
      throw e;
    }
  }

  @Override
  public boolean supports(Class<?> authentication) {
    return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
  }
}
