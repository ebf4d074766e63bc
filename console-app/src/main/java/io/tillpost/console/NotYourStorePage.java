package io.tillpost.console;

import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.ParentLayout;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import io.tillpost.console.security.ForeignStoreException;
import jakarta.servlet.http.HttpServletResponse;

/** The page is of a message of a store that is not this operator's. */
@ParentLayout(MainLayout.class)
@PageTitle("Not one of your stores")
@AnonymousAllowed
final class NotYourStorePage extends ErrorPage implements HasErrorParameter<ForeignStoreException> {

  @Override
  public int setErrorParameter(
      BeforeEnterEvent event, ErrorParameter<ForeignStoreException> parameter) {
    say(
        "You may not open this message",
        String.valueOf(parameter.getException().getMessage()),
        "Impact and exceptions show all stores to everybody.");
    return HttpServletResponse.SC_FORBIDDEN;
  }
}
