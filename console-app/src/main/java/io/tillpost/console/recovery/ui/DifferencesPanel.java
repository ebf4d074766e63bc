package io.tillpost.console.recovery.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Span;
import io.tillpost.console.recovery.operation.Differences;
import io.tillpost.console.recovery.operation.Operations;
import io.tillpost.console.text.CountText;
import io.tillpost.frontend.TillpostTheme;
import io.tillpost.recovery.OperationState;
import io.tillpost.recovery.OperationSummary;
import io.tillpost.recovery.RecoveryAction;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.Page;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an operation changes in payloads, part by part; it never changes once its list is frozen.
 * What is changed in the same way in several messages stands above, counted over what is shown.
 */
final class DifferencesPanel extends Div {
  private static final int PART = 200;
  private static final int MOST_GROUPS = 20;

  /** So long after it was frozen a list may still show more; several times what search takes. */
  private static final Duration SEEN_WITHIN = Duration.ofSeconds(15);

  private final transient Operations operations;
  private final transient Clock clock;
  private final Div together = new Div();
  private final Div list = new Div();
  private final Span rest = new Span();
  private final Button more = new Button("Show more", _ -> showMore());
  private String shown = "";
  private transient SameChanges same = new SameChanges();
  private @Nullable String next;
  private int loaded;
  private int own;
  private long total;

  DifferencesPanel(Operations operations, Clock clock) {
    this.operations = operations;
    this.clock = clock;
    addClassName(TillpostTheme.PANEL);
    H3 heading = new H3("Differences to the original");
    heading.addClassName(TillpostTheme.PANEL_TITLE);
    rest.addClassName(TillpostTheme.QUIET);
    more.addThemeVariants(ButtonVariant.LUMO_SMALL);
    more.setDisableOnClick(true);
    more.setAriaLabel("Show more differences");
    add(heading, together, list, rest, more);
    setVisible(false);
  }

  void show(RecoveryOperation operation) {
    OperationSummary summary = operation.summary();
    boolean another = !shown.equals(operation.id());
    if (summary == null || !(another || hasGrown(operation))) {
      return;
    }
    shown = operation.id();
    same = new SameChanges();
    next = null;
    loaded = 0;
    own = 0;
    total = 0;
    together.removeAll();
    list.removeAll();
    rest.setVisible(false);
    more.setVisible(false);
    // A retry sends corrections of earlier attempts again; most have none.
    boolean edits = operation.action() == RecoveryAction.EDIT_AND_RETRY;
    setVisible(edits);
    Optional<String> refusal = operations.differencesRefusal();
    if (refusal.isPresent() || (!edits && operation.action() != RecoveryAction.RETRY)) {
      refusal.map(Span::new).ifPresent(list::add);
      return;
    }
    showMore();
    setVisible(edits || total > 0);
    if (edits && total == 0 && summary.toSend() > 0) {
      list.add(new Span("What was corrected is not kept any more: its messages are gone."));
    }
  }

  private boolean hasGrown(RecoveryOperation operation) {
    return mayGrow(operation, total, clock.instant())
        && operations.differencesRefusal().isEmpty()
        && operations.differences(shown, 1, null).total() > total;
  }

  /**
   * Whether more may come: search shows a list a second late, and who decides about it has to see
   * all of it. Of an edit it is known how many there must be; of a retry, which sends corrections
   * again, only when none can come any more.
   *
   * @param total how many were found
   */
  static boolean mayGrow(RecoveryOperation operation, long total, Instant now) {
    OperationSummary summary = operation.summary();
    if (summary == null || total >= summary.toSend()) {
      return false;
    }
    return switch (operation.action()) {
      case EDIT_AND_RETRY -> operation.state().waiting();
      case RETRY ->
          operation
              .reachedAt(OperationState.PREVIEWED)
              .filter(frozen -> now.isBefore(frozen.plus(SEEN_WITHIN)))
              .isPresent();
      case REPLAY, DISCARD, RESTORE -> false;
    };
  }

  private void showMore() {
    Page<Differences> page = operations.differences(shown, PART, next);
    page.items()
        .forEach(
            message ->
                list.add(
                    new Span(message.messageId() + ", attempt " + message.attempt()),
                    new DifferenceList(message.changes())));
    same.add(page.items());
    next = page.next();
    total = page.total();
    loaded = next == null ? Math.toIntExact(total) : loaded + PART;
    own += page.items().size();
    showTogether();
    rest.setText(words());
    rest.setVisible(!rest.getText().isEmpty());
    more.setVisible(next != null);
    more.setEnabled(true);
  }

  private void showTogether() {
    together.removeAll();
    List<SameChanges.Group> groups = same.groups();
    if (groups.isEmpty()) {
      return;
    }
    DifferenceList lines = new DifferenceList();
    groups.stream()
        .limit(MOST_GROUPS)
        .forEach(
            group -> lines.add(group.change(), " in %,d messages".formatted(group.messages())));
    together.add(
        new Span(
            next == null
                ? "Changed alike:"
                : "Changed alike in the %,d that are shown:".formatted(own)),
        lines);
    if (groups.size() > MOST_GROUPS) {
      together.add(new Span(furtherAlike(groups.size() - MOST_GROUPS)));
    }
  }

  private String words() {
    int others = loaded - own;
    return (others > 0 ? ofOtherStores(others) + " " : "")
        + (next != null
            ? "The first %,d of %,d messages are shown; the others may differ."
                .formatted(loaded, total)
            : "");
  }

  static String furtherAlike(int count) {
    return "And " + CountText.of(count, "other change alike.", "other changes alike.");
  }

  static String ofOtherStores(long count) {
    return "%,d of stores that are not yours %s not shown."
        .formatted(count, count == 1 ? "is" : "are");
  }
}
