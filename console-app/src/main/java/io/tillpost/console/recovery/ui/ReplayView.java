package io.tillpost.console.recovery.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.tillpost.console.recovery.ListFilter;
import io.tillpost.console.recovery.OperationAnswer;
import io.tillpost.console.recovery.act.Replays;
import io.tillpost.console.security.Permission;
import io.tillpost.frontend.MomentPicker;
import io.tillpost.frontend.TillpostTheme;
import io.tillpost.message.Workflow;
import io.tillpost.message.Workflows;
import jakarta.annotation.security.RolesAllowed;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Chooses recorded messages to be sent again, also those that succeeded. */
@Route("replay")
@PageTitle("Replay")
@RolesAllowed(Permission.Name.REPLAY)
final class ReplayView extends Div {
  private final transient Replays replays;
  private final transient ZoneId zone;
  private final MomentPicker from = new MomentPicker("Captured from");
  private final MomentPicker to = new MomentPicker("Captured before");
  private final MultiSelectComboBox<String> workflows = new MultiSelectComboBox<>("Workflows");
  private final TextField stores = new TextField("Stores");
  private final Select<String> channel = new Select<>();
  private final Span fault = new Span();
  private final Button preview = new Button("Preview", _ -> preview());

  ReplayView(Replays replays, Workflows workflowList, ZoneId consoleZone, Clock clock) {
    this.replays = replays;
    this.zone = consoleZone;
    addClassName(TillpostTheme.VIEW);
    H3 heading = new H3("Replay recorded messages");
    heading.addClassName(TillpostTheme.PANEL_TITLE);
    Paragraph words =
        new Paragraph(
            "Messages of a window go out again, also those that the target has already: it is"
                + " trusted to know them by their business keys. The preview says how many. Times"
                + " are in "
                + zone.getId()
                + ".");
    LocalDateTime now = LocalDateTime.ofInstant(clock.instant(), zone);
    from.setValue(now.minusDays(1).truncatedTo(ChronoUnit.HOURS));
    to.setValue(now.truncatedTo(ChronoUnit.HOURS).plusHours(1));
    from.setMaxWidth("100%");
    to.setMaxWidth("100%");
    workflows.setItems(workflowList.all().stream().map(Workflow::name).toList());
    workflows.setPlaceholder("All");
    stores.setPlaceholder("All, or like 0412, 0413");
    channel.setLabel("Channel");
    List<String> channels = replays.channels();
    channel.setItems(channels);
    channels.stream().findFirst().ifPresent(channel::setValue);
    preview.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    preview.setDisableOnClick(true);
    fault.getElement().setAttribute("role", "alert");
    Div form = new Div(from, to, workflows, stores, channel);
    form.addClassName(TillpostTheme.TOOLBAR);
    Div panel = new Div(heading, words, form, fault, preview);
    panel.addClassName(TillpostTheme.PANEL);
    add(panel);
  }

  private void preview() {
    ListFilter filter =
        new ListFilter(
            null,
            Set.copyOf(workflows.getValue()),
            Arrays.stream(stores.getValue().split("[,;\\s]+", -1))
                .filter(store -> !store.isBlank())
                .collect(Collectors.toSet()),
            Set.of(),
            instant(from.getValue()),
            instant(to.getValue()));
    String name = channel.getValue() == null ? "" : channel.getValue();
    switch (replays.plan(filter, name, UUID.randomUUID().toString())) {
      case OperationAnswer.Accepted a ->
          getUI().ifPresent(ui -> ui.navigate("operations/" + a.operation().id()));
      case OperationAnswer.NotFound n -> complain(n.reason());
      case OperationAnswer.Forbidden f -> complain(f.reason());
      case OperationAnswer.Refused r -> complain(r.reason());
      case OperationAnswer.Invalid i -> complain(i.reason());
    }
  }

  private void complain(String why) {
    fault.setText(why);
    preview.setEnabled(true);
  }

  private @Nullable Instant instant(@Nullable LocalDateTime moment) {
    return moment == null ? null : moment.atZone(zone).toInstant();
  }
}
