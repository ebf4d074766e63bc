package io.tillpost.console;

import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.ParentLayout;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A view could not be opened. The log has the stack trace under the reference on the page. */
@ParentLayout(MainLayout.class)
@PageTitle("Something went wrong")
@AnonymousAllowed
final class InternalErrorPage extends ErrorPage implements HasErrorParameter<Exception> {

  private static final Logger log = LoggerFactory.getLogger(InternalErrorPage.class);

  @Override
  public int setErrorParameter(BeforeEnterEvent event, ErrorParameter<Exception> parameter) {
    String reference = ErrorReference.next();
    log.error(
        "[{}] /{} could not be opened",
        reference,
        event.getLocation().getPath(),
        parameter.getException());
    say(
        "This page could not be opened",
        "Something went wrong inside Tillpost; nothing was changed by opening it.",
        "Try again in a minute. If it stays so, give an administrator the reference "
            + reference
            + ".");
    return HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
  }
}
