package io.tillpost.console.bench;

import io.tillpost.console.exceptions.ExceptionFilter;
import io.tillpost.console.exceptions.ExceptionFilterBuilder;
import io.tillpost.console.exceptions.ExceptionInbox;
import io.tillpost.console.exceptions.ExceptionSummary;
import io.tillpost.console.exceptions.LastRecovery.Result;
import io.tillpost.console.exceptions.RetryEvidence;
import io.tillpost.console.impact.ImpactService;
import io.tillpost.console.messages.MessageStories;
import io.tillpost.failure.ExceptionStatus;
import io.tillpost.failure.FailureClass;
import io.tillpost.failure.OwnerSide;
import io.tillpost.message.ImpactKind;
import io.tillpost.message.MessageId;
import io.tillpost.message.MessageStatus;
import io.tillpost.message.Money;
import io.tillpost.message.Workflows;
import io.tillpost.store.ImpactQueries;
import io.tillpost.store.MessageQuery;
import io.tillpost.store.Stores;
import io.tillpost.store.Traces;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.springframework.context.ApplicationContext;

/** What is measured, through the services that the pages and the API use. */
final class Questions {
  private final ImpactService impact;
  private final ImpactQueries queries;
  private final Traces traces;
  private final Workflows workflows;
  private final ExceptionInbox inbox;
  private final RetryEvidence evidence;
  private final MessageStories messages;
  private final Clock clock;
  private final List<Question> all = new ArrayList<>();

  private Questions(ApplicationContext console) {
    impact = console.getBean(ImpactService.class);
    queries = console.getBean(Stores.class).impact();
    traces = console.getBean(Stores.class).traces();
    workflows = console.getBean(Workflows.class);
    inbox = console.getBean(ExceptionInbox.class);
    evidence = console.getBean(RetryEvidence.class);
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
    ask("… what needs attention", () -> queries.attention(clock.instant(), Set.of()).size());
    ask("… trends", this::trends);
    ask(
        "… objectives",
        () -> queries.kept(clock.instant().minus(Duration.ofDays(1)), clock.instant()).size());
    ask(
        "… stores last heard",
        () -> queries.lastHeard(clock.instant().minus(Duration.ofHours(2))).size());
    ask(
        "… use of APIs",
        () -> traces.apiUse(clock.instant().minus(Duration.ofMinutes(15)), clock.instant()).size());
  }

  private int trends() {
    List<Set<String>> kinds =
        Stream.of(ImpactKind.values()).map(kind -> Set.copyOf(workflows.named(kind))).toList();
    Instant now = clock.instant();
    return queries
        .trends(kinds, now.minus(Duration.ofHours(6)), now, Duration.ofMinutes(15))
        .size();
  }

  private void exceptions() {
    String receipt = aReceipt();
    ask(
        "exception page, 30 rows with their trend",
        () -> {
          List<ExceptionSummary> list = inbox.list(ExceptionFilter.ALL);
          list.stream().limit(30).forEach(e -> inbox.trendOf(e.fingerprint()));
          return list.size();
        });
    list("exception list", f -> {});
    list("… of a workflow", f -> f.workflows(Set.of("returns")));
    list("… of a target", f -> f.targets(Set.of("erp")));
    list("… of a class", f -> f.classes(Set.of(FailureClass.BUSINESS_RULE)));
    list("… of a side", f -> f.side(OwnerSide.IT));
    list("… that are new", f -> f.statuses(Set.of(ExceptionStatus.NEW)));
    list("… that are ignored", f -> f.statuses(Set.of(ExceptionStatus.IGNORED)));
    list("… that came back", f -> f.statuses(Set.of(ExceptionStatus.REGRESSED)));
    list("… of a colleague", f -> f.assignee("support"));
    list("… of nobody", f -> f.assignee(ExceptionFilter.NOBODY));
    list("… of a region", f -> f.regions(Set.of("Coast")));
    list("… of a store", f -> f.stores(Set.of("0412")));
    list("… with much money", f -> f.moneyAtLeast(new Money(10_000_000, "EUR")));
    list("… of a day and older", f -> f.olderThan(Duration.ofDays(1)));
    list("… of an article", f -> f.keys(Map.of("sku", "A-04711")));
    list("… of a receipt", f -> f.keys(Map.of("receipt", receipt)));
    list("… with a receipt in the text", f -> f.text(receipt));
    list("… with a word of the failure", f -> f.text("voucher"));
    list("… with the beginning of an article", f -> f.text("A-10"));
    list("… with a word of none", f -> f.text("nowhere-at-all"));
    list("… whose last recovery left a rest", f -> f.recoveries(Set.of(Result.LEFT_A_REST)));
    list(
        "… of all this",
        f ->
            f.workflows(Set.of("sales-posting"))
                .targets(Set.of("erp"))
                .regions(Set.of("Coast"))
                .classes(Set.of(FailureClass.BUSINESS_RULE))
                .olderThan(Duration.ofHours(1))
                .text("tax"));
    // Kept for half a minute, so each time it is another class.
    AtomicInteger round = new AtomicInteger();
    FailureClass[] classes = FailureClass.values();
    ask(
        "retries of a class at a target",
        () ->
            evidence
                .alike(classes[round.getAndIncrement() % classes.length], "erp")
                .map(alike -> (int) alike.retried().messages())
                .orElse(0));
    ask(
        "largest exception in full",
        () ->
            inbox.find(inbox.list(ExceptionFilter.ALL).getFirst().fingerprint()).isPresent()
                ? 1
                : 0);
  }

  /** Of a message that is failed. */
  private String aReceipt() {
    return Objects.requireNonNull(
        messages
            .search(MessageQuery.ALL.withStatuses(Set.of(MessageStatus.FAILED)))
            .items()
            .getLast()
            .message()
            .businessKey()
            .keys()
            .get("receipt"));
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

  private void list(String name, Consumer<ExceptionFilterBuilder> change) {
    ExceptionFilter filter = ExceptionFilter.ALL.with(change);
    ask(name, () -> inbox.list(filter).size());
  }

  private void ask(String name, java.util.function.IntSupplier question) {
    all.add(new Question(name, question));
  }
}
