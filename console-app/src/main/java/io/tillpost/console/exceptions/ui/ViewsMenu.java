package io.tillpost.console.exceptions.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.contextmenu.MenuItem;
import com.vaadin.flow.component.contextmenu.SubMenu;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.menubar.MenuBar;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.QueryParameters;
import io.tillpost.console.exceptions.ExceptionFilter;
import io.tillpost.console.exceptions.SavedViews;
import io.tillpost.console.exceptions.SavedViews.Listed;
import io.tillpost.frontend.Complaint;
import io.tillpost.frontend.TillpostTheme;
import io.tillpost.store.StoreUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The kept views with what is new in each, and a place to keep the filter that is shown. */
final class ViewsMenu extends MenuBar {
  private static final Logger log = LoggerFactory.getLogger(ViewsMenu.class);
  private static final Duration COUNT_EVERY = Duration.ofSeconds(30);

  private final transient SavedViews views;
  private final transient Clock clock;
  private final MenuItem root;
  private transient List<Listed> listed = List.of();
  private transient Instant countAgain = Instant.MIN;
  private transient ExceptionFilter filter = ExceptionFilter.ALL;

  /** Whether it is not known yet of which views the filter is. */
  private boolean toSee;

  ViewsMenu(SavedViews views, Clock clock) {
    this.views = views;
    this.clock = clock;
    getElement().setAttribute("aria-label", "Saved views");
    root = addItem("Views");
    rebuild();
  }

  /** Shows this filter; where it is that of a kept view, it was looked at. */
  void show(ExceptionFilter shown) {
    filter = shown;
    toSee = true;
    see();
  }

  /** Counts anew where that was some time ago. */
  void refresh() {
    Instant now = clock.instant();
    if (now.isBefore(countAgain)) {
      return;
    }
    countAgain = now.plus(COUNT_EVERY);
    List<Listed> anew;
    try {
      anew = views.list();
    } catch (StoreUnavailableException e) {
      log.debug("What is new in the kept views is not known; it is asked again", e);
      return;
    }
    if (!anew.equals(listed)) {
      listed = anew;
      rebuild();
    }
    // A page that was opened by its address did not know the views when it showed its filter.
    see();
    toSee = false;
  }

  private void see() {
    if (!toSee) {
      return;
    }
    List<Listed> opened = listed.stream().filter(l -> views.isOf(l.view(), filter)).toList();
    opened.forEach(this::looked);
    if (!opened.isEmpty()) {
      toSee = false;
      countAgain = Instant.MIN;
    }
  }

  /** A view can be looked at, too, where it cannot be written down. */
  private void looked(Listed view) {
    try {
      views.looked(view.view().id());
    } catch (StoreUnavailableException e) {
      log.debug("That {} was looked at could not be written down", view.view().id(), e);
    }
  }

  private void rebuild() {
    long fresh = listed.stream().filter(l -> l.fresh() > 0).count();
    root.setText(fresh == 0 ? "Views" : "Views (%d with news)".formatted(fresh));
    SubMenu menu = root.getSubMenu();
    menu.removeAll();
    for (Listed view : listed) {
      menu.addItem(words(view), _ -> open(view));
    }
    menu.addItem("Keep this view…", _ -> keep());
    List<Listed> mine = listed.stream().filter(Listed::mine).toList();
    if (!mine.isEmpty()) {
      SubMenu away = menu.addItem("Take away").getSubMenu();
      mine.forEach(
          view ->
              away.addItem(
                  view.view().name(),
                  _ -> {
                    views.remove(view.view().id());
                    countNow();
                  }));
    }
  }

  private static String words(Listed view) {
    return view.view().name()
        + (view.mine() ? (view.view().shared() ? " · shared" : "") : " · by " + view.view().owner())
        + (view.fresh() == 0 ? "" : " · %,d new".formatted(view.fresh()));
  }

  private void open(Listed view) {
    looked(view);
    countAgain = Instant.MIN;
    getUI()
        .ifPresent(
            ui -> ui.navigate("exceptions", QueryParameters.fromString(view.view().query())));
  }

  private void countNow() {
    countAgain = Instant.MIN;
    refresh();
  }

  private String query() {
    return ExceptionUrl.write(filter).getQueryString();
  }

  private void keep() {
    Dialog dialog = new Dialog();
    dialog.setHeaderTitle("Keep this view");
    TextField name = new TextField("Name");
    name.setMaxLength(SavedViews.LONGEST_NAME);
    name.setWidthFull();
    Checkbox shared = new Checkbox("Everybody may see it");
    Div form = new Div(name, shared);
    form.addClassName(TillpostTheme.FORM_DIALOG);
    dialog.add(form);
    Button save =
        new Button(
            "Keep",
            _ -> {
              switch (views.save(name.getValue(), query(), shared.getValue())) {
                case SavedViews.Answer.Kept _ -> {
                  dialog.close();
                  countNow();
                }
                case SavedViews.Answer.Invalid a -> Complaint.about(name, a.reason());
                case SavedViews.Answer.Conflict a -> Complaint.about(name, a.reason());
                case SavedViews.Answer.NotFound a -> Complaint.about(name, a.reason());
                case SavedViews.Answer.Forbidden a -> Complaint.about(name, a.reason());
                case SavedViews.Answer.Removed _ ->
                    Complaint.about(name, "It was taken away meanwhile");
              }
            });
    save.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    dialog.getFooter().add(new Button("Cancel", _ -> dialog.close()), save);
    dialog.open();
  }
}
