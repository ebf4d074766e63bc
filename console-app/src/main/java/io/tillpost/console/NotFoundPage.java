package io.tillpost.console;

import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.ParentLayout;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import jakarta.servlet.http.HttpServletResponse;

/** No view has this address, or what it names is not there (any more). */
@ParentLayout(MainLayout.class)
@PageTitle("Not found")
@AnonymousAllowed
final class NotFoundPage extends ErrorPage implements HasErrorParameter<NotFoundException> {

  @Override
  public int setErrorParameter(
      BeforeEnterEvent event, ErrorParameter<NotFoundException> parameter) {
    // The router's own words are for developers; a view that misses what it should show has better
    // ones.
    String said = parameter.getCustomMessage();
    say(
        "There is nothing at this address",
        said.isBlank() || said.startsWith("Couldn't find route")
            ? "The address /" + event.getLocation().getPath() + " is not a page of Tillpost."
            : said,
        "Check the address, or look for it from the start page.");
    return HttpServletResponse.SC_NOT_FOUND;
  }
}
