package io.tillpost.console;

import com.vaadin.flow.router.AccessDeniedException;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.ParentLayout;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.console.security.Role;
import jakarta.servlet.http.HttpServletResponse;
import java.util.stream.Collectors;

/** The page is there, but not for the roles of this operator. */
@ParentLayout(MainLayout.class)
@PageTitle("Not allowed")
@AnonymousAllowed
final class NotAllowedPage extends ErrorPage implements HasErrorParameter<AccessDeniedException> {

  private final transient CurrentOperator currentOperator;

  NotAllowedPage(CurrentOperator currentOperator) {
    this.currentOperator = currentOperator;
  }

  @Override
  public int setErrorParameter(
      BeforeEnterEvent event, ErrorParameter<AccessDeniedException> parameter) {
    String roles =
        currentOperator
            .find()
            .map(
                operator ->
                    operator.roles().stream().map(Role::title).collect(Collectors.joining(", ")))
            .orElse("none");
    say(
        "You may not open this page",
        "Your roles (" + roles + ") do not allow /" + event.getLocation().getPath() + ".",
        "If you need it for your work, ask an administrator of Tillpost for the role.");
    return HttpServletResponse.SC_FORBIDDEN;
  }
}
