package io.tillpost.console.recovery.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import io.tillpost.console.live.Drawn;
import io.tillpost.console.live.LiveFacts;
import io.tillpost.console.live.LiveFacts.Fact;
import io.tillpost.console.recovery.operation.Outlook;
import io.tillpost.console.text.AgeText;
import io.tillpost.console.text.CountText;
import io.tillpost.console.text.MoneyText;
import io.tillpost.frontend.Severity;
import io.tillpost.frontend.SeverityBadge;
import io.tillpost.frontend.TillpostTheme;
import io.tillpost.recovery.EarlierChoice;
import io.tillpost.recovery.EarlierFailed;
import io.tillpost.recovery.OperationSummary;
import io.tillpost.recovery.RecoveryAction;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.recovery.SupersededSent;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an operation is going to do, and what it leaves alone and why, before it does anything. */
final class PreviewPanel extends Div {
  private final H3 heading = new H3();
  private final LiveFacts facts = new LiveFacts();
  private final Span skippedWords = new Span();
  private final UnorderedList skipped = new UnorderedList();
  private final UnorderedList notices = new UnorderedList();
  private final Div earlier = new Div();
  private final StoreShares stores = new StoreShares();
  private final transient Drawn<OperationSummary> drawnSummary = new Drawn<>();
  private final transient Drawn<List<String>> drawnNotices = new Drawn<>();

  PreviewPanel() {
    addClassName(TillpostTheme.PANEL);
    heading.addClassName(TillpostTheme.PANEL_TITLE);
    // What keeps it from going out stands before what it is about.
    add(heading, notices, facts, stores, earlier, skippedWords, skipped);
  }

  /**
   * @param approval why a second person has to approve it, in words; empty if nobody has to
   */
  void show(RecoveryOperation operation, Outlook outlook, Optional<String> approval) {
    OperationSummary summary = operation.summary();
    setVisible(summary != null && operation.state().waiting());
    if (summary == null || !isVisible()) {
      return;
    }
    boolean sends = !operation.action().onlyRecorded();
    heading.setText(sends ? "Preview: nothing has been sent" : "Preview: nothing has been done");
    facts.show(facts(operation, summary, outlook, approval));
    stores.show(summary);
    if (drawnSummary.differs(summary)) {
      draw(summary);
    }
    if (drawnNotices.differs(outlook.notices())) {
      notices.removeAll();
      outlook.notices().forEach(notice -> notices.add(new ListItem(notice)));
    }
  }

  private static List<Fact> facts(
      RecoveryOperation operation,
      OperationSummary summary,
      Outlook outlook,
      Optional<String> approval) {
    List<Fact> facts = new ArrayList<>();
    facts.add(
        Fact.of(
            toBeDone(operation.action()),
            "%,d of %,d %s"
                .formatted(
                    summary.toSend(),
                    summary.messages(),
                    summary.messages() == 1 ? "message" : "messages")));
    Integer succeeded = summary.succeeded();
    if (succeeded != null && succeeded > 0) {
      String words = again(succeeded);
      facts.add(
          new Fact(
              "Succeeded already",
              words,
              () -> new Component[] {new SeverityBadge(Severity.CRITICAL, words)}));
    }
    facts.add(Fact.of("Stores", "%,d".formatted(summary.stores())));
    facts.add(Fact.of("Money", MoneyText.of(summary.money())));
    facts.add(new Fact("Targets", summary.targets(), () -> targets(summary.targets())));
    if (!operation.action().onlyRecorded()) {
      facts.add(
          Fact.of("Expected to take", "about " + AgeText.of(outlook.expected()) + rates(outlook)));
      facts.add(
          Fact.of(
              "Canary",
              summary.canary() == 0 ? "None: the list is short" : canary(summary.canary())));
    } else {
      facts.add(Fact.of("Middleware", "Nothing is sent to it"));
    }
    facts.add(Fact.of("Second person", approval.map(why -> why + ": needed").orElse("Not needed")));
    return facts;
  }

  private void draw(OperationSummary summary) {
    earlier.removeAll();
    EarlierFailed failed = summary.earlier();
    if (failed != null) {
      showEarlier(failed);
    }
    SupersededSent superseded = summary.superseded();
    if (superseded != null) {
      showSuperseded(superseded);
    }
    skippedWords.setText(
        summary.skipped().isEmpty() ? "No message is left out." : "Left out, and why:");
    skipped.removeAll();
    summary
        .skipped()
        .forEach((why, count) -> skipped.add(new ListItem("%,d: %s".formatted(count, why))));
  }

  static String again(int succeeded) {
    return succeeded == 1
        ? "1: the target has it and gets it again"
        : "%,d: the target has them and gets them again".formatted(succeeded);
  }

  static String canary(int first) {
    return first == 1
        ? "The first one goes alone; the others wait for its outcome"
        : "The first %,d go alone; the others wait for their outcome".formatted(first);
  }

  private void showEarlier(EarlierFailed failed) {
    if (failed.added() > 0) {
      earlier.add(
          new Paragraph(
              "%s that had failed %s on the list too, and %s first."
                  .formatted(
                      CountText.of(failed.added(), "earlier message"),
                      failed.added() == 1 ? "is" : "are",
                      failed.added() == 1 ? "goes" : "go")));
    }
    if (failed.messages() == 0) {
      return;
    }
    boolean anyway = failed.choice() == EarlierChoice.SEND_ANYWAY;
    Paragraph words =
        new Paragraph(
            "%s %s an earlier message of the same transaction or article that has failed and does not go with %s, and %s: "
                .formatted(
                    CountText.of(failed.messages(), "message"),
                    failed.messages() == 1 ? "has" : "have",
                    failed.messages() == 1 ? "it" : "them",
                    anyway ? "will be sent before it" : "will be left out"));
    boolean first = true;
    for (String id : failed.examples()) {
      words.add(new Text(first ? "" : ", "), ItemLinks.message(id));
      first = false;
    }
    words.add(
        new Text(
            (failed.earlier() > failed.examples().size()
                    ? " and %,d more".formatted(failed.earlier() - failed.examples().size())
                    : "")
                + "."
                + (failed.reason() == null ? "" : " Why: " + failed.reason())
                + (anyway ? " What fails from now on is not passed." : "")));
    earlier.add(anyway ? new SeverityBadge(Severity.WARNING, "Out of order") : new Span(), words);
  }

  private void showSuperseded(SupersededSent sent) {
    Paragraph words =
        new Paragraph(
            "%s %s superseded by a newer message and will be sent anyway, in spite of "
                .formatted(
                    CountText.of(sent.messages(), "message"), sent.messages() == 1 ? "is" : "are"));
    boolean first = true;
    for (String id : sent.newer()) {
      words.add(new Text(first ? "" : ", "), ItemLinks.message(id));
      first = false;
    }
    words.add(
        new Text(
            "%s. Why: %s What gets through from now on keeps them back."
                .formatted(
                    sent.messages() > sent.newer().size() ? " and others" : "",
                    sent.reason().endsWith(".") ? sent.reason() : sent.reason() + ".")));
    earlier.add(new SeverityBadge(Severity.WARNING, "Superseded"), words);
  }

  private static String toBeDone(RecoveryAction action) {
    return switch (action) {
      case RETRY, EDIT_AND_RETRY, REPLAY -> "To be sent";
      case DISCARD -> "To be discarded";
      case RESTORE -> "To be restored";
    };
  }

  private static String rates(Outlook outlook) {
    return outlook.rates().values().stream()
        .findFirst()
        .map(
            rate ->
                ", at most %s a second".formatted(rate % 1 == 0 ? "%.0f".formatted(rate) : rate))
        .orElse("");
  }

  /** Each leads to whether it is open, and to who can say when it will be. */
  private static Component[] targets(Map<String, Integer> counts) {
    List<Component> all = new ArrayList<>();
    counts.forEach(
        (target, count) -> {
          if (!all.isEmpty()) {
            all.add(new Text(" · "));
          }
          all.add(
              target.equals(OperationSummary.NO_TARGET)
                  ? new Text(target)
                  : new Anchor(
                      "targets?name="
                          + URLEncoder.encode(target, StandardCharsets.UTF_8).replace("+", "%20"),
                      target));
          all.add(new Text(": %,d".formatted(count)));
        });
    return all.toArray(Component[]::new);
  }
}
