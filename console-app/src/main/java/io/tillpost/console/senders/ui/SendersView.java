package io.tillpost.console.senders.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.renderer.LitRenderer;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import io.tillpost.console.live.AsOf;
import io.tillpost.console.live.Drawn;
import io.tillpost.console.live.Live;
import io.tillpost.console.live.LiveKey;
import io.tillpost.console.live.LiveRows;
import io.tillpost.console.live.LiveUpdates;
import io.tillpost.console.security.Permission;
import io.tillpost.console.senders.BoundsText;
import io.tillpost.console.senders.SenderAnswer;
import io.tillpost.console.senders.SenderList;
import io.tillpost.console.senders.SenderSummary;
import io.tillpost.console.senders.Senders;
import io.tillpost.console.text.AgeText;
import io.tillpost.console.text.CountText;
import io.tillpost.frontend.TillpostTheme;
import io.tillpost.store.CertificateMark;
import io.tillpost.store.ConfiguredSenders;
import io.tillpost.store.IngestSender.Bounds;
import jakarta.annotation.security.RolesAllowed;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who may send to ingest: each with its last use and what was refused to it. */
@Route("senders")
@PageTitle("Senders")
@Menu(title = "Senders", order = 10, icon = "vaadin:key")
@RolesAllowed(Permission.Name.ADMINISTER)
final class SendersView extends Div implements BeforeEnterObserver {
  private static final Duration EVERY = Duration.ofSeconds(3);
  private static final String FIND = "q";

  private final transient Senders senders;
  private final transient Clock clock;
  private final AsOf asOf;
  private final TextField find = new TextField();
  private final Div empty = new Div();
  private final transient LiveRows<SenderSummary> rows =
      new LiveRows<>(summary -> summary.sender().name());
  private final Grid<SenderSummary> grid = new Grid<>();
  private final ConfiguredSection configured = new ConfiguredSection();
  private boolean answered;
  private transient List<SenderSummary> all = List.of();
  private final transient Drawn<Listed> drawn = new Drawn<>();
  private transient List<ConfiguredSenders.One> allConfigured = List.of();

  SendersView(SenderList list, Senders senders, LiveUpdates live, AsOf asOf, Clock clock) {
    this.senders = senders;
    this.clock = clock;
    this.asOf = asOf;
    addClassName(TillpostTheme.VIEW);
    empty.addClassName(TillpostTheme.EMPTY_STATE);
    empty.setVisible(false);
    configured.setVisible(false);
    columns();
    add(asOf, toolbar(), empty, grid, configured);
    live.watch(
        this,
        LiveKey.of("senders", EVERY),
        () -> new Shown(list.all(), list.configured()),
        this::show);
  }

  /** What is asked for again and again. */
  private record Shown(List<SenderSummary> made, List<ConfiguredSenders.One> configured) {}

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    find.setValue(event.getLocation().getQueryParameters().getSingleParameter(FIND).orElse(""));
    show();
  }

  private Div toolbar() {
    find.setLabel("Find");
    find.setPlaceholder("Name, store or certificate");
    find.setClearButtonVisible(true);
    find.setValueChangeMode(ValueChangeMode.LAZY);
    find.addValueChangeListener(
        change -> {
          if (change.isFromClient()) {
            QueryParameters wanted =
                find.isEmpty()
                    ? QueryParameters.empty()
                    : QueryParameters.simple(Map.of(FIND, find.getValue()));
            getUI().ifPresent(ui -> ui.navigate("senders", wanted));
          }
        });
    Button make = new Button("Make a sender", _ -> make());
    make.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    make.addClassName("tillpost-below-label");
    Div toolbar = new Div(find, make);
    toolbar.addClassName(TillpostTheme.TOOLBAR);
    return toolbar;
  }

  private void columns() {
    grid.addThemeVariants(GridVariant.LUMO_COMPACT, GridVariant.LUMO_NO_BORDER);
    grid.setAllRowsVisible(true);
    grid.setDataProvider(rows);
    grid.setVisible(false);
    grid.getElement().setAttribute("aria-label", "Senders by name");
    grid.addColumn(
            LitRenderer.<SenderSummary>of(
                    """
                    <div class="tillpost-row">
                      <div class="tillpost-row-title"><a href="${item.address}">${item.name}</a></div>
                      <div class="tillpost-quiet">${item.bounds}</div>
                    </div>
                    """)
                .withProperty("address", s -> "senders/" + s.sender().name())
                .withProperty("name", s -> s.sender().name())
                .withProperty("bounds", s -> BoundsText.of(s.sender().bounds())))
        .setHeader("Sender, what it may send")
        .setFlexGrow(2)
        .setWidth("10rem");
    grid.addColumn(
            LitRenderer.<SenderSummary>of(
                    """
                    <div class="tillpost-row">
                      <div>${item.keys}</div>
                      <div class="tillpost-quiet">${item.used}</div>
                    </div>
                    """)
                .withProperty("keys", this::keys)
                .withProperty("used", this::used))
        .setHeader("Keys, last use")
        .setFlexGrow(1)
        .setWidth("8rem");
    grid.addColumn(s -> "%,d".formatted(s.refusals()))
        .setHeader("Refused")
        .setTooltipGenerator(_ -> "Within 24 hours, whatever the reason")
        .setFlexGrow(0)
        .setWidth("6rem")
        .setTextAlign(ColumnTextAlign.END);
  }

  private String keys(SenderSummary summary) {
    Instant now = clock.instant();
    long keys = summary.keysThatOpen(now);
    long certificates = summary.certificatesThatOpen(now);
    if (keys == 0 && certificates == 0) {
      return "■ No valid key";
    }
    return Stream.of(counted(keys, "key"), counted(certificates, "certificate"))
        .filter(words -> !words.isEmpty())
        .collect(Collectors.joining(", ", "✓ ", ""));
  }

  private static String counted(long count, String what) {
    return count == 0 ? "" : CountText.of(count, what);
  }

  private String used(SenderSummary summary) {
    return summary
        .lastUsed()
        .map(at -> AgeText.of(Duration.between(at, clock.instant())) + " ago")
        .orElse("Never used");
  }

  private void make() {
    TextField name = new TextField("Name");
    name.setRequired(true);
    name.setPlaceholder("store-0412");
    BoundsFields fields = new BoundsFields(Bounds.NONE);
    Div rest = new Div(fields.all());
    rest.addClassName(TillpostTheme.FORM_DIALOG);
    new FormDialog(
            "Make a sender",
            "It gets a key, which is shown once. An event for a store that is not its own is refused.",
            "Make it",
            reason -> senders.make(name.getValue().strip(), fields.bounds(), reason),
            answer -> {
              if (answer instanceof SenderAnswer.KeyMade made) {
                new KeyDialog(made).open();
              }
            },
            name,
            rest)
        .open();
  }

  private static boolean isCertificate(SenderSummary one, String words) {
    return CertificateMark.of(words) instanceof CertificateMark.Known(var mark)
        && one.sender().certificates().stream().anyMatch(each -> each.mark().equals(mark));
  }

  private void show(Live<Shown> result) {
    asOf.show(result);
    Optional<Shown> latest =
        switch (result) {
          case Live.Fresh<Shown> fresh -> Optional.of(fresh.value());
          case Live.Stale<Shown> stale -> stale.last();
        };
    latest.ifPresent(
        now -> {
          answered = true;
          all = now.made();
          allConfigured = now.configured();
        });
    show();
  }

  private void show() {
    if (!answered) {
      return;
    }
    String words = find.getValue().strip();
    List<SenderSummary> found =
        all.stream()
            .filter(
                one ->
                    one.sender().name().contains(words)
                        || one.sender().bounds().stores().contains(words)
                        || isCertificate(one, words))
            .toList();
    boolean elsewhere = configured.show(allConfigured, words);
    empty.setVisible(found.isEmpty() && (all.isEmpty() || !elsewhere));
    empty.setText(
        all.isEmpty()
            ? "No sender was made here yet. Make one for each store or system: its key is shown"
                + " once, and can be rotated and revoked here."
            : "No sender has this name, store or certificate.");
    grid.setVisible(!found.isEmpty());
    if (drawn.differs(new Listed(found, clock.instant().truncatedTo(ChronoUnit.MINUTES)))) {
      rows.show(found);
    }
  }

  /**
   * What the rows are drawn from.
   *
   * @param minute of the clock: keys end and times of use grow older while nothing else changes
   */
  private record Listed(List<SenderSummary> senders, Instant minute) {
    Listed {
      senders = List.copyOf(senders);
    }
  }
}
