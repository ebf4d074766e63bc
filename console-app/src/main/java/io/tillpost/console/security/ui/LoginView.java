package io.tillpost.console.security.ui;

import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.login.LoginForm;
import com.vaadin.flow.component.login.LoginI18n;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import io.tillpost.console.text.CountText;

/** The login page. */
@Route(value = "login", autoLayout = false)
@PageTitle("Log in")
@AnonymousAllowed
final class LoginView extends Main implements BeforeEnterObserver {

  private final LoginForm form = new LoginForm();

  LoginView() {
    addClassName("tillpost-login");
    form.setAction("login");
    form.setForgotPasswordButtonVisible(false);
    form.setI18n(
        words(
            "Try again. Names and passwords are case-sensitive.",
            "The name or the password is wrong"));
    add(
        new H1("Tillpost"),
        new Paragraph("See what is stuck between the tills and the ERP, and put it right."),
        form);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    QueryParameters query = event.getLocation().getQueryParameters();
    query
        .getSingleParameter("wait")
        .filter(seconds -> seconds.matches("\\d{1,4}"))
        .ifPresent(
            seconds -> form.setI18n(words(waitFor(seconds), "Too many failed logins from here")));
    form.setError(
        query.getParameters().containsKey("error") || query.getParameters().containsKey("wait"));
  }

  static String waitFor(String seconds) {
    return "Try again in " + CountText.of(Long.parseLong(seconds), "second") + ".";
  }

  private static LoginI18n words(String message, String title) {
    LoginI18n words = LoginI18n.createDefault();
    words.getForm().setTitle("Log in");
    words.getForm().setUsername("Name");
    words.getForm().setPassword("Password");
    words.getForm().setSubmit("Log in");
    words.getErrorMessage().setTitle(title);
    words.getErrorMessage().setMessage(message);
    words.getErrorMessage().setUsername("Name is required");
    words.getErrorMessage().setPassword("Password is required");
    return words;
  }
}
