package io.tillpost.console.audit.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import io.tillpost.console.audit.AuditAction;
import io.tillpost.console.audit.AuditLine;
import io.tillpost.console.audit.AuditQuery;
import io.tillpost.console.audit.AuditSubject;
import io.tillpost.console.audit.AuditTrail;
import io.tillpost.console.security.Permission;
import io.tillpost.console.text.MomentText;
import io.tillpost.frontend.DayPicker;
import io.tillpost.frontend.NarrowScreen;
import io.tillpost.frontend.TillpostTheme;
import io.tillpost.store.Page;
import jakarta.annotation.security.RolesAllowed;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Who did what to what, when and why; searched, paged and exported. */
@Route("audit")
@PageTitle("Audit")
@Menu(title = "Audit", order = 90, icon = "vaadin:book")
@RolesAllowed(Permission.Name.VIEW_AUDIT)
final class AuditView extends Div implements BeforeEnterObserver {
  private static final int PAGE = 100;

  private final transient AuditTrail trail;
  private final transient ZoneId zone;
  private final TextField who = new TextField();
  private final Select<AuditAction> what = new Select<>();
  private final TextField subject = new TextField();
  private final TextField words = new TextField();
  private final DayPicker from = new DayPicker();
  private final DayPicker to = new DayPicker();
  private final Anchor export = new Anchor();
  private final Grid<AuditLine> grid = new Grid<>();
  private final Span count = new Span();
  private final Button older = new Button("Show older entries", _ -> showOlder());
  private final Div empty = new Div();
  private final Paragraph notYet = new Paragraph();
  private final Paragraph verdict = new Paragraph();
  private final transient List<AuditLine> shown = new ArrayList<>();
  private final transient Map<String, String> titles = new HashMap<>();
  private transient AuditQuery query = AuditQuery.ALL;
  private transient @Nullable String next;
  private boolean filling;

  AuditView(AuditTrail trail, ZoneId consoleZone) {
    this.trail = trail;
    this.zone = consoleZone;
    addClassName(TillpostTheme.VIEW);
    empty.addClassName(TillpostTheme.EMPTY_STATE);
    count.addClassName(TillpostTheme.QUIET);
    verdict.setVisible(false);
    verdict.getElement().setAttribute("role", "status");
    notYet.setVisible(false);
    notYet.getElement().setAttribute("role", "status");
    add(toolbar(), verdict, notYet, count, empty, grid, older);
    grid.addThemeVariants(GridVariant.LUMO_COMPACT, GridVariant.LUMO_NO_BORDER);
    addColumns();
    grid.setAllRowsVisible(true);
    grid.getColumns().forEach(column -> column.setResizable(true));
  }

  private void addColumns() {
    grid.addColumn(l -> MomentText.full(l.entry().at(), zone)).setHeader("When").setAutoWidth(true);
    grid.addColumn(l -> l.entry().actor()).setHeader("Who").setAutoWidth(true);
    grid.addColumn(l -> l.entry().action().title()).setHeader("What").setAutoWidth(true);
    grid.addColumn(new ComponentRenderer<>(this::subject))
        .setHeader("To what")
        .setTooltipGenerator(l -> l.entry().subjectId())
        .setWidth("16rem")
        .setFlexGrow(3);
    grid.addColumn(AuditView::change)
        .setHeader("Change")
        .setTooltipGenerator(AuditView::change)
        .setFlexGrow(2);
    grid.addColumn(l -> words(l.entry().reason()))
        .setHeader("Reason")
        .setTooltipGenerator(l -> l.entry().reason())
        .setFlexGrow(2);
    grid.addColumn(AuditView::outcome)
        .setHeader("Outcome")
        .setTooltipGenerator(AuditLine::detail)
        .setFlexGrow(1);
    grid.addColumn(l -> words(l.entry().address())).setHeader("From where").setAutoWidth(true);
    List<Grid.Column<AuditLine>> wide = grid.getColumns();
    Grid.Column<AuditLine> all =
        grid.addColumn(new ComponentRenderer<>(this::inLines)).setHeader("Who did what");
    NarrowScreen.watch(
        this,
        narrow -> {
          wide.forEach(column -> column.setVisible(!narrow));
          all.setVisible(narrow);
        });
  }

  /** All of an entry below each other, for a narrow screen. */
  private Div inLines(AuditLine line) {
    Div lines = new Div();
    lines.getStyle().set("white-space", "normal").set("overflow-wrap", "anywhere");
    lines.add(
        new Div(MomentText.full(line.entry().at(), zone) + " · " + line.entry().actor()),
        new Div(line.entry().action().title() + " · " + outcome(line)),
        new Div(subject(line)));
    Stream.of(change(line), words(line.entry().reason()))
        .filter(text -> !text.isEmpty())
        .forEach(text -> lines.add(new Div(text)));
    return lines;
  }

  private static String outcome(AuditLine line) {
    return line.outcome().title() + (line.detail() == null ? "" : ": " + line.detail());
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    AuditUrl url = AuditUrl.read(event.getLocation().getQueryParameters());
    filling = true;
    who.setValue(words(url.who()));
    what.setValue(url.what());
    subject.setValue(words(url.subject()));
    from.setValue(url.from());
    to.setValue(url.to());
    words.setValue(words(url.words()));
    words.setInvalid(false);
    filling = false;
    query = url.query(zone);
    export.setHref("api/v1/audit.csv?" + url.export(zone).getQueryString());
    shown.clear();
    next = null;
    showOlder();
  }

  private Div toolbar() {
    who.setLabel("Who");
    subject.setLabel("To what");
    subject.setPlaceholder("Message id, fingerprint …");
    words.setLabel("Words");
    words.setPlaceholder("Of reason and change");
    words.setMaxLength(AuditQuery.LONGEST_WORDS);
    words.setErrorMessage("Type a letter or digit");
    what.setLabel("What");
    what.setItems(AuditAction.values());
    what.setItemLabelGenerator(action -> action == null ? "Anything" : action.title());
    what.setEmptySelectionAllowed(true);
    what.setEmptySelectionCaption("Anything");
    from.setLabel("From day");
    to.setLabel("Up to day");
    for (TextField field : List.of(who, subject, words)) {
      field.setClearButtonVisible(true);
      field.setValueChangeMode(ValueChangeMode.ON_CHANGE);
      field.addValueChangeListener(_ -> filter());
    }
    what.addValueChangeListener(_ -> filter());
    from.addValueChangeListener(_ -> filter());
    to.addValueChangeListener(_ -> filter());
    export.setText("Export as CSV");
    export.setDownload(true);
    export.addClassName("tillpost-below-label");
    export.getElement().setAttribute("router-ignore", true);
    Button verify = new Button("Verify", _ -> verify());
    verify.addClassName("tillpost-below-label");
    verify.setTooltipText("Whether every record is there as it was written");
    Div toolbar = new Div(words, who, what, subject, from, to, export, verify);
    toolbar.addClassName(TillpostTheme.TOOLBAR);
    return toolbar;
  }

  private void verify() {
    verdict.setText(trail.verify().words());
    verdict.setVisible(true);
    shown.clear();
    next = null;
    showOlder();
  }

  private void filter() {
    if (filling) {
      return;
    }
    boolean wordless = !words.getValue().isBlank() && !AuditQuery.hasWords(words.getValue());
    words.setInvalid(wordless);
    if (!wordless) {
      AuditUrl url =
          new AuditUrl(
              who.getValue(),
              what.getValue(),
              subject.getValue(),
              from.getValue(),
              to.getValue(),
              words.getValue());
      QueryParameters parameters = url.parameters();
      getUI().ifPresent(ui -> ui.navigate("audit", parameters));
    }
  }

  private void showOlder() {
    Page<AuditLine> page = trail.find(query, PAGE, next);
    shown.addAll(page.items());
    titles.putAll(trail.exceptionTitles(page.items()));
    next = page.next();
    grid.setItems(List.copyOf(shown));
    older.setVisible(next != null);
    grid.setVisible(!shown.isEmpty());
    empty.setVisible(shown.isEmpty());
    empty.setText(
        query.equals(AuditQuery.ALL)
            ? "Nobody has done anything yet that is kept here: what people change, retry or export."
            : "No entry matches. Take a filter away, or choose a longer period.");
    long missing = query.text() == null ? 0 : trail.notFoundByWords();
    notYet.setVisible(missing > 0);
    notYet.setText(
        "%,d older %s not searched by words yet; they will be in some minutes. Load the page again then."
            .formatted(missing, missing == 1 ? "entry is" : "entries are"));
    count.setText(
        "%,d of %,d %s, newest first"
            .formatted(shown.size(), page.total(), page.total() == 1 ? "entry" : "entries"));
  }

  /** What it was done to, by name where it has one, with the way there. */
  private Component subject(AuditLine line) {
    AuditSubject.Kind kind = line.entry().subjectKind();
    String id = line.entry().subjectId();
    String text = kind.title() + " " + titles.getOrDefault(id, id);
    return SubjectLinks.to(kind, id)
        .<Component>map(address -> new Anchor(address, text))
        .orElseGet(() -> new Span(text));
  }

  private static String change(AuditLine line) {
    String before = line.entry().before();
    String after = line.entry().after();
    if (before == null) {
      return words(after);
    }
    return before + " → " + (after == null ? "nothing" : after);
  }

  private static String words(@Nullable String text) {
    return text == null ? "" : text;
  }
}
