package io.tillpost.console.audit;

import com.vaadin.flow.server.VaadinRequest;
import java.util.Optional;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Where the request came from that this thread works on. */
final class CallerAddress {
  private CallerAddress() {}

  /** As the connection says; empty where no request is being worked on. */
  static Optional<String> current() {
    VaadinRequest page = VaadinRequest.getCurrent();
    if (page != null) {
      return Optional.ofNullable(page.getRemoteAddr());
    }
    return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes call
        ? Optional.ofNullable(call.getRequest().getRemoteAddr())
        : Optional.empty();
  }
}
