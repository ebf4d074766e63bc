package io.tillpost.console.bench;

import io.tillpost.console.exceptions.ExceptionFilter;
import io.tillpost.console.exceptions.ExceptionInbox;
import io.tillpost.console.exceptions.ExceptionSummary;
import io.tillpost.console.impact.ImpactService;
import io.tillpost.console.messages.MessageStories;
import io.tillpost.failure.FailureClass;
import io.tillpost.failure.OwnerSide;
import io.tillpost.message.MessageId;
import io.tillpost.message.MessageStatus;
import io.tillpost.store.MessageQuery;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.context.ApplicationContext;

/** What is measured, through the services that the pages and the API use. */
final class Questions {
  private final ImpactService impact;
  private final ExceptionInbox inbox;
  private final MessageStories messages;
  private final Clock clock;
  private final List<Question> all = new ArrayList<>();

  private Questions(ApplicationContext console) {
    impact = console.getBean(ImpactService.class);
    inbox = console.getBean(ExceptionInbox.class);
    messages = console.getBean(MessageStories.class);
    clock = console.getBean(Clock.class);
  }

  static List<Question> of(ApplicationContext console) {
    Questions questions = new Questions(console);
    questions.impact();
    questions.exceptions();
    questions.messages();
    return questions.all;
  }

  private void impact() {
    ask("impact page", () -> impact.report("support").stores().size());
  }

  private void exceptions() {
    ask(
        "exception page, 30 rows with their trend",
        () -> {
          List<ExceptionSummary> list = inbox.list(ExceptionFilter.ALL);
          list.stream().limit(30).forEach(e -> inbox.trendOf(e.fingerprint()));
          return list.size();
        });
    list("exception list", ExceptionFilter.ALL);
    list("… of a workflow", filter(Set.of("returns"), Set.of(), Set.of(), null, null));
    list("… of a target", filter(Set.of(), Set.of("erp"), Set.of(), null, null));
    list(
        "… of a class", filter(Set.of(), Set.of(), Set.of(FailureClass.BUSINESS_RULE), null, null));
    list("… of a side", filter(Set.of(), Set.of(), Set.of(), OwnerSide.IT, null));
    list("… with a word of the failure", filter(Set.of(), Set.of(), Set.of(), null, "voucher"));
    list("… with the beginning of an article", filter(Set.of(), Set.of(), Set.of(), null, "A-10"));
    list("… with a word of none", filter(Set.of(), Set.of(), Set.of(), null, "nowhere-at-all"));
    ask(
        "largest exception in full",
        () ->
            inbox.find(inbox.list(ExceptionFilter.ALL).getFirst().fingerprint()).isPresent()
                ? 1
                : 0);
  }

  private void messages() {
    MessageQuery query = MessageQuery.ALL;
    search("newest messages", query);
    search("messages of a receipt", query.withText("0412-03"));
    search("messages of a store", query.withStoreIds(Set.of("0412")));
    search(
        "failed messages of a workflow",
        query.withStatuses(Set.of(MessageStatus.FAILED)).withWorkflows(Set.of("sales-posting")));
    ask(
        "messages behind the impact",
        () -> messages.search(query.withAttentionAt(clock.instant())).items().size());
    MessageId id = messages.search(query).items().getLast().message().id();
    ask("one message", () -> messages.find(id).isPresent() ? 1 : 0);
    ask("one message's story", () -> messages.story(id).isPresent() ? 1 : 0);
  }

  private void search(String name, MessageQuery query) {
    ask(name, () -> messages.search(query).items().size());
  }

  private void list(String name, ExceptionFilter filter) {
    ask(name, () -> inbox.list(filter).size());
  }

  private void ask(String name, java.util.function.IntSupplier question) {
    all.add(new Question(name, question));
  }

  private static ExceptionFilter filter(
      Set<String> workflows,
      Set<String> targets,
      Set<FailureClass> classes,
      OwnerSide side,
      String text) {
    return new ExceptionFilter(workflows, targets, classes, side, null, text);
  }
}
