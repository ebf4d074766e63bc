package io.tillpost.console.exceptions.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import io.tillpost.console.exceptions.ExceptionDetail;
import io.tillpost.console.exceptions.Merging;
import io.tillpost.console.exceptions.TriageAnswer;
import io.tillpost.console.text.MomentText;
import io.tillpost.failure.ExceptionMerge;
import io.tillpost.failure.ExceptionSplit;
import io.tillpost.failure.Fingerprint;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What people merged into an exception and split off it: who, when, why, and how to undo it. */
final class RegroupedList extends UnorderedList {
  private final transient Merging merging;
  private final transient ZoneId zone;
  private final transient Optional<String> refusal;
  private final Runnable changed;
  private transient @Nullable Shown shown;

  /**
   * @param refusal why the operator may not take apart; empty if they may
   * @param changed is told when something was taken apart
   */
  RegroupedList(Merging merging, ZoneId zone, Optional<String> refusal, Runnable changed) {
    this.merging = merging;
    this.zone = zone;
    this.refusal = refusal;
    this.changed = changed;
  }

  /** Everything that the list is made of. */
  private record Shown(
      Fingerprint exception,
      Optional<ExceptionMerge> mergedInto,
      List<ExceptionMerge> merges,
      Optional<ExceptionSplit> splitOff,
      List<ExceptionSplit> splits) {
    static Shown of(ExceptionDetail detail) {
      return new Shown(
          detail.fingerprint(),
          detail.mergedInto(),
          detail.merges(),
          detail.splitOff(),
          detail.splits());
    }
  }

  /** Leaves everything as it is where nothing has changed, so that a button can be pressed. */
  void show(ExceptionDetail detail) {
    Shown now = Shown.of(detail);
    if (now.equals(shown)) {
      return;
    }
    shown = now;
    removeAll();
    now.mergedInto().ifPresent(merge -> add(mergedInto(merge)));
    now.splitOff().ifPresent(split -> add(splitOff(split, now.mergedInto().isEmpty())));
    now.merges().forEach(merge -> add(merged(merge)));
    now.splits().forEach(split -> add(split(split)));
    setVisible(getChildren().findAny().isPresent());
  }

  private ListItem mergedInto(ExceptionMerge merge) {
    return new ListItem(
        new Span("Merged into "),
        link(merge.intoTitle(), merge.into()),
        new Span(words(merge.by(), merge.at(), merge.reason())),
        takeApart(merge));
  }

  private ListItem merged(ExceptionMerge merge) {
    return new ListItem(
        new Span("With "),
        link(merge.fromTitle(), merge.from()),
        new Span(", merged" + words(merge.by(), merge.at(), merge.reason())),
        takeApart(merge));
  }

  private ListItem splitOff(ExceptionSplit split, boolean apart) {
    ListItem item =
        new ListItem(
            new Span("Split off "),
            link(split.fromTitle(), split.from()),
            new Span(
                ", only "
                    + split.condition().words()
                    + ","
                    + words(split.by(), split.at(), split.reason())));
    if (apart) {
      item.add(putBack(split));
    }
    return item;
  }

  private ListItem split(ExceptionSplit split) {
    return new ListItem(
        new Span("Without "),
        link(split.condition().words(), split.part()),
        new Span(", split off" + words(split.by(), split.at(), split.reason())),
        putBack(split));
  }

  private Button takeApart(ExceptionMerge merge) {
    return button(
        "Take apart again",
        merge.fromTitle(),
        "“%s” becomes an exception of its own again, with its messages."
            .formatted(merge.fromTitle()),
        why -> merging.takeApart(merge.from(), why));
  }

  /** Into the one where the messages come from, wherever that is by now. */
  private Button putBack(ExceptionSplit split) {
    return button(
        "Put back",
        split.condition().words(),
        "Its messages go back into “%s”.".formatted(split.fromTitle()),
        why -> merging.putBack(split.part(), why));
  }

  private Button button(
      String label, String about, String meaning, Function<String, TriageAnswer> act) {
    Button button = new Button(label, _ -> new ReasonDialog(label, meaning, act, changed).open());
    button.addThemeVariants(ButtonVariant.LUMO_SMALL, ButtonVariant.LUMO_TERTIARY);
    button.setAriaLabel(label + ": " + about);
    refusal.ifPresent(
        why -> {
          button.setEnabled(false);
          button.setTooltipText(why);
        });
    return button;
  }

  private static Anchor link(String title, Fingerprint exception) {
    return new Anchor("exceptions/" + exception.value(), title);
  }

  private String words(String by, Instant at, @Nullable String reason) {
    return " by %s, %s%s "
        .formatted(by, MomentText.full(at, zone), reason == null ? "" : ": " + reason);
  }
}
