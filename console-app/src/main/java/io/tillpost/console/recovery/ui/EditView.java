package io.tillpost.console.recovery.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.BeforeLeaveEvent;
import com.vaadin.flow.router.BeforeLeaveObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import io.tillpost.console.recovery.EarlierWish;
import io.tillpost.console.recovery.OperationAnswer;
import io.tillpost.console.recovery.RetryRequest;
import io.tillpost.console.recovery.act.Recovery;
import io.tillpost.console.recovery.edit.Correction;
import io.tillpost.console.recovery.edit.Edit;
import io.tillpost.console.recovery.edit.EditAgain;
import io.tillpost.console.recovery.edit.EditAndRetry;
import io.tillpost.console.recovery.edit.EditAndRetry.Opened;
import io.tillpost.console.recovery.operation.OperationProgress;
import io.tillpost.console.recovery.operation.Operations;
import io.tillpost.console.security.ForeignStoreException;
import io.tillpost.console.security.Permission;
import io.tillpost.console.text.MessagePath;
import io.tillpost.console.text.PathText;
import io.tillpost.frontend.TillpostTheme;
import io.tillpost.frontend.Unsaved;
import io.tillpost.message.MessageId;
import io.tillpost.recovery.RecoveryContent;
import io.tillpost.recovery.RecoveryOperation;
import jakarta.annotation.security.RolesAllowed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * Corrects the payload of a failed message, as fields or as text, shows what differs from the
 * original, and goes on to the preview of the retry that sends it.
 */
@Route("messages/:messageId/edit")
@RolesAllowed(Permission.Name.EDIT_AND_RETRY)
final class EditView extends Div
    implements BeforeEnterObserver, BeforeLeaveObserver, HasDynamicTitle {
  /** The id of the operation whose correction is taken up again. */
  private static final String AGAIN = "again";

  private static final String FIELDS = "Fields";
  private static final String TEXT = "Text";

  private final transient EditAndRetry edits;
  private final transient Operations operations;
  private final transient Recovery recovery;
  private final String key = UUID.randomUUID().toString();
  private final Span closed = new Span();
  private final Anchor back = new Anchor("", "Back to the message");
  private final RadioButtonGroup<String> mode = new RadioButtonGroup<>("Edit as");
  private final EditFields fields = new EditFields(this::check);
  private final TextArea text = new TextArea("Payload");
  private final Div locks = new Div();
  private final Div checked = new Div();
  private final DifferenceList differences = new DifferenceList();
  private final Span verdict = new Span();
  private final Button preview = new Button("Preview", _ -> preview());
  private final EarlierNotice behind = new EarlierNotice();
  private final Button anyway = new Button("Send anyway…", _ -> askWhyAnyway());
  private final SendQuestions questions = new SendQuestions(this::check);
  private final Div earlier = new Div();
  private final Div form = new Div();
  private final Div takenUp = new Div();
  private final transient Unsaved unsaved = new Unsaved(getElement());
  private String original = "";
  private String reason = "";
  private String contentType = "";
  private transient MessageId id = new MessageId("none");

  EditView(EditAndRetry edits, Operations operations, Recovery recovery) {
    this.edits = edits;
    this.operations = operations;
    this.recovery = recovery;
    addClassName(TillpostTheme.VIEW);
    closed.addClassName(TillpostTheme.EMPTY_STATE);
    mode.setItems(FIELDS, TEXT);
    mode.setValue(FIELDS);
    mode.addValueChangeListener(_ -> switchMode());
    text.setWidthFull();
    text.setMinHeight("20rem");
    text.setManualValidation(true);
    text.getStyle().set("font-family", "monospace");
    text.setValueChangeMode(ValueChangeMode.LAZY);
    text.addValueChangeListener(_ -> check());
    preview.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    preview.setDisableOnClick(true);
    verdict.addClassName(TillpostTheme.QUIET);
    locks.addClassName(TillpostTheme.QUIET);
    checked.addClassName(TillpostTheme.QUIET);
    locks.setText(
        "Locked fields stay as they are. Whoever runs Tillpost can open one by its name for a role:"
            + " tillpost.recovery.edit.unlocked.<ROLE>, like { SUPPORT: [taxCode] }.");
    form.add(
        takenUp,
        panel("Edit and retry", mode, checked, locks, fields, text),
        panel(
            "Difference to the original",
            differences,
            behind,
            questions,
            toolbar(preview, anyway, verdict)),
        earlier);
    takenUp.setVisible(false);
    takenUp.addClassName(TillpostTheme.PANEL);
    form.getStyle().set("display", "grid").set("gap", "0.75rem");
    add(new Div(back), closed, form);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    id =
        event
            .getRouteParameters()
            .get("messageId")
            .flatMap(MessagePath::ofPage)
            .orElseThrow(() -> new NotFoundException("This is not a message id"));
    back.setHref("messages/" + PathText.segment(id.value()));
    edits
        .foreign(id)
        .ifPresent(
            why -> {
              throw new ForeignStoreException(why);
            });
    show(edits.open(id));
    event
        .getLocation()
        .getQueryParameters()
        .getSingleParameter(AGAIN)
        .filter(_ -> form.isVisible())
        .ifPresent(this::takeUp);
  }

  @Override
  public void beforeLeave(BeforeLeaveEvent event) {
    unsaved.ask(event);
  }

  /** Goes on with what an operation was to send, against the payload as it is now. */
  private void takeUp(String operationId) {
    takenUp.setVisible(true);
    takenUp.removeAll();
    RecoveryContent planned = operations.contentOf(operationId, id).orElse(null);
    EditAgain again = planned == null ? null : edits.again(planned).orElse(null);
    RecoveryOperation operation =
        operations.find(operationId).map(OperationProgress::operation).orElse(null);
    if (again == null || operation == null) {
      takenUp.add(new Span("The correction that was to be taken up again is not kept any more."));
      return;
    }
    reason = operation.reason();
    takenUp.add(
        new Span("Taken up again from "),
        new Anchor("operations/" + operation.id(), "an operation of " + operation.requestedBy()),
        new Span(
            " (%s%s). %s"
                .formatted(
                    Outcomes.words(operation.state()).toLowerCase(Locale.ROOT),
                    reason.isBlank() ? "" : ": " + reason,
                    again.words())));
    switch (again.edit()) {
      case Edit.Fields values -> {
        fields.set(values.values());
        if (asText()) {
          edits.written(id, values).ifPresent(text::setValue);
        }
      }
      case Edit.Text whole -> {
        mode.setValue(TEXT);
        text.setValue(whole.body());
      }
    }
    check();
  }

  @Override
  public String getPageTitle() {
    return "Edit " + id;
  }

  private void show(Opened opened) {
    form.setVisible(opened instanceof Opened.Editable);
    closed.setVisible(opened instanceof Opened.Closed);
    switch (opened) {
      case Opened.Closed c -> closed.setText(c.reason());
      case Opened.Editable editable -> {
        fields.show(editable);
        contentType = editable.original().contentType();
        checked.setVisible(editable.schema() != null);
        checked.setText(checked(editable));
        locks.setVisible(editable.fields().stream().anyMatch(field -> field.locked() != null));
        original = editable.original().body();
        text.setValue(original);
        if (editable.fields().size() > EditFields.MOST) {
          mode.setItemEnabledProvider(TEXT::equals);
          mode.setValue(TEXT);
        }
        showEarlier(operations.contentsOf(id));
        showBehind();
        switchMode();
      }
    }
  }

  private static String checked(Opened.Editable editable) {
    String notChecked = editable.notChecked();
    String original =
        notChecked != null
            ? " Whether the original breaks it is not known. " + notChecked + "."
            : editable.broken().isEmpty()
                ? ""
                : " The original breaks it too: %s.".formatted(Correction.words(editable.broken()));
    return "What you change is checked against the schema %s.%s"
        .formatted(editable.schema(), original);
  }

  private void showEarlier(List<RecoveryContent> versions) {
    earlier.removeAll();
    earlier.setVisible(!versions.isEmpty());
    if (!versions.isEmpty()) {
      Div list = panel("Earlier versions");
      versions.forEach(
          version ->
              list.add(
                  new Anchor("operations/" + version.operationId(), "Attempt " + version.attempt()),
                  new DifferenceList(version.changes()),
                  again(version)));
      earlier.add(list);
    }
  }

  private Button again(RecoveryContent version) {
    Button again =
        new Button(
            "Edit again", _ -> getUI().ifPresent(ui -> takeUpAgain(ui, id, version.operationId())));
    again.setAriaLabel("Edit attempt %d again".formatted(version.attempt()));
    again.addThemeVariants(ButtonVariant.LUMO_SMALL);
    return again;
  }

  /** Goes to the page on which the correction of an operation is taken up again. */
  static void takeUpAgain(UI ui, MessageId message, String operationId) {
    ui.navigate(
        "messages/%s/edit".formatted(PathText.segment(message.value())),
        QueryParameters.of(AGAIN, operationId));
  }

  /** What keeps the message back is looked at when the page opens, and when it was refused. */
  private void showBehind() {
    List<MessageId> ids = recovery.earlierFailed(id);
    behind.show(ids, "Retry these first, or send this one before them with a reason.");
    anyway.setVisible(!ids.isEmpty());
    questions.ask(recovery.doubt(id).isPresent(), recovery.supersededBy(id));
  }

  private boolean asText() {
    return TEXT.equals(mode.getValue());
  }

  private void switchMode() {
    Edit.Fields changed = new Edit.Fields(fields.values());
    // What was changed as fields goes on as text, also where something is wrong with it still.
    if (asText() && !changed.values().isEmpty()) {
      edits.written(id, changed).ifPresent(text::setValue);
    }
    fields.setVisible(!asText());
    text.setVisible(asText());
    check();
  }

  private Edit edit() {
    return asText() ? new Edit.Text(text.getValue()) : new Edit.Fields(fields.values());
  }

  private void check() {
    unsaved.is(!fields.values().isEmpty() || !text.getValue().equals(original));
    // Where the storage does not answer, what was checked before is not what stands here now.
    mayGo(false);
    switch (edits.check(id, edit())) {
      case Correction.Valid valid -> {
        differences.show(valid.changes());
        complain(Map.of());
        verdict.setText(valid.warning());
        mayGo(true);
      }
      case Correction.NotChecked not -> {
        differences.show(not.changes());
        complain(Map.of());
        verdict.setText(not.words());
        mayGo(false);
      }
      case Correction.Invalid invalid -> {
        differences.show(List.of());
        complain(invalid.faults());
        verdict.setText(invalid.words());
        mayGo(false);
      }
    }
  }

  /**
   * @param valid whether the correction can be sent
   */
  private void mayGo(boolean valid) {
    boolean goes = valid && questions.isAnswered();
    preview.setEnabled(goes);
    anyway.setEnabled(goes);
  }

  /** The request with what was answered. */
  private RetryRequest said(RetryRequest request) {
    return questions.said(request.because(reason));
  }

  private void complain(Map<String, String> faults) {
    fields.complain(faults);
    boolean changed = !faults.containsValue("Nothing was changed");
    text.setInvalid(!faults.isEmpty() && changed);
    text.setErrorMessage(changed ? inText(faults) : "");
  }

  /** With the lines in which the fields are, where there is a text to look into. */
  private String inText(Map<String, String> faults) {
    Map<String, Integer> lines = asText() ? edits.lines(contentType, text.getValue()) : Map.of();
    Map<String, String> placed = new LinkedHashMap<>();
    faults.forEach(
        (path, why) -> {
          Integer line = path.isEmpty() ? null : lines.get(path);
          placed.put(line == null ? path : "Line %d, %s".formatted(line, path), why);
        });
    return Correction.words(placed);
  }

  private void askWhyAnyway() {
    new ReasonDialog(
            Wordings.EDITED_ANYWAY,
            request ->
                edits.planAs(
                    id,
                    edit(),
                    said(
                        RetryRequest.plan(
                            EarlierWish.sendAnyway(request.reason()), request.key()))),
            this::show)
        .open();
  }

  private void show(RecoveryOperation operation) {
    unsaved.is(false);
    getUI().ifPresent(ui -> ui.navigate("operations/" + operation.id()));
  }

  private void preview() {
    switch (edits.planAs(id, edit(), said(RetryRequest.plan(key)))) {
      case OperationAnswer.Accepted a -> show(a.operation());
      case OperationAnswer.NotFound n -> refused(n.reason());
      case OperationAnswer.Forbidden f -> refused(f.reason());
      case OperationAnswer.Refused r -> refused(r.reason());
      case OperationAnswer.Invalid i -> refused(i.reason());
    }
  }

  private void refused(String why) {
    showBehind();
    mayGo(true);
    verdict.setText(why);
  }

  private static Div toolbar(com.vaadin.flow.component.Component... contents) {
    Div toolbar = new Div(contents);
    toolbar.addClassName(TillpostTheme.TOOLBAR);
    return toolbar;
  }

  private static Div panel(String title, com.vaadin.flow.component.Component... contents) {
    H3 heading = new H3(title);
    heading.addClassName(TillpostTheme.PANEL_TITLE);
    Div panel = new Div(heading);
    panel.add(contents);
    panel.addClassName(TillpostTheme.PANEL);
    return panel;
  }
}
