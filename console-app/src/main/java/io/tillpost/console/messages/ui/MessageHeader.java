package io.tillpost.console.messages.ui;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import io.tillpost.console.live.LiveFacts;
import io.tillpost.console.live.LiveFacts.Fact;
import io.tillpost.console.text.AgeText;
import io.tillpost.console.text.MomentText;
import io.tillpost.console.text.MoneyText;
import io.tillpost.failure.Fingerprint;
import io.tillpost.frontend.Severity;
import io.tillpost.frontend.SeverityBadge;
import io.tillpost.frontend.TillpostTheme;
import io.tillpost.location.Store;
import io.tillpost.location.StoreDirectory;
import io.tillpost.message.BusinessKey;
import io.tillpost.message.Message;
import io.tillpost.message.Workflows;
import io.tillpost.store.Messages.StoredMessage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a message is, how it stands and what it is worth. */
final class MessageHeader extends Div {
  private final transient Workflows workflows;
  private final transient StoreDirectory directory;
  private final transient Clock clock;
  private final H2 name = new H2();
  private final SeverityBadge status = new SeverityBadge(Severity.INFO);
  private final LiveFacts facts = new LiveFacts();
  private final Anchor exception = new Anchor("", "Open the exception");

  MessageHeader(Workflows workflows, StoreDirectory directory, Clock clock) {
    this.workflows = workflows;
    this.directory = directory;
    this.clock = clock;
    addClassNames(TillpostTheme.PANEL, "tillpost-message-header");
    name.addClassName(TillpostTheme.PANEL_TITLE);
    Div heading = new Div(name, status);
    heading.addClassName("tillpost-heading");
    add(heading, facts, exception);
  }

  void show(StoredMessage stored, Optional<Fingerprint> inException, ZoneId zone) {
    Message message = stored.message();
    name.setText(workflows.get(message.workflow()).title() + " " + MessageLink.words(message));
    StatusBadge.set(status, stored, clock.instant());
    facts.show(facts(stored, zone));
    exception.setVisible(inException.isPresent());
    inException.ifPresent(one -> exception.setHref("exceptions/" + one.value()));
  }

  private List<Fact> facts(StoredMessage stored, ZoneId zone) {
    Message message = stored.message();
    List<Fact> facts = new ArrayList<>();
    fact(facts, "Money", message.amount() == null ? null : MoneyText.of(message.amount()));
    fact(facts, "Store", store(message));
    BusinessKey key = message.businessKey();
    fact(facts, "Register", key.registerId());
    fact(facts, "Business date", key.businessDate() == null ? null : key.businessDate().toString());
    fact(
        facts,
        "Transaction",
        key.transactionNumber() == null ? null : key.transactionNumber().toString());
    key.keys().forEach((label, value) -> fact(facts, label, value));
    fact(facts, "Captured", MomentText.full(message.capturedAt(), zone));
    fact(facts, "Due", due(stored, zone));
    fact(facts, "Message id", message.id().value());
    fact(facts, "Correlation id", message.correlationId());
    fact(facts, "Schema", message.schemaVersion());
    return facts;
  }

  private @Nullable String store(Message message) {
    String id = message.storeId();
    return id == null
        ? null
        : directory.find(id).map(Store::name).map(n -> id + " " + n).orElse(id);
  }

  private String due(StoredMessage stored, ZoneId zone) {
    Instant end = stored.message().finishedAt().orElseGet(clock::instant);
    Duration late = Duration.between(stored.dueAt(), end);
    String moment = MomentText.full(stored.dueAt(), zone);
    if (!late.isNegative()) {
      return moment + ", " + AgeText.of(late) + " late";
    }
    return moment + (stored.message().finishedAt().isPresent() ? ", kept" : "");
  }

  private static void fact(List<Fact> facts, String label, @Nullable String value) {
    if (value != null) {
      facts.add(Fact.of(label, value));
    }
  }
}
