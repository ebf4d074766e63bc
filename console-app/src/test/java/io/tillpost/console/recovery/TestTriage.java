package io.tillpost.console.recovery;

import io.tillpost.console.recovery.automatic.TriagedFailures;
import io.tillpost.failure.FailureClass;
import io.tillpost.failure.Fingerprint;
import io.tillpost.message.Message;
import io.tillpost.message.MessageId;
import io.tillpost.message.MessageStatus;
import io.tillpost.store.FailureQueries;
import io.tillpost.store.FailureQueries.FailureFilter;
import io.tillpost.store.FailureQueries.Group;
import io.tillpost.store.MessageQuery;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Triage in which every failure is transient until somebody says otherwise. */
public final class TestTriage implements TriagedFailures {
  private final FailureQueries failures;
  private @Nullable FailureClass byHand;
  private @Nullable String stoppedBy;

  public TestTriage(FailureQueries failures) {
    this.failures = failures;
  }

  /** Somebody gives all exceptions that class; null takes it back. */
  public void classify(@Nullable FailureClass newClass) {
    byHand = newClass;
  }

  /** Somebody stops the automatic retry of all exceptions; null lets it go on. */
  public void stop(@Nullable String who) {
    stoppedBy = who;
  }

  /** Whether messages may go out by themselves now. */
  public boolean lets() {
    return stoppedBy == null && (byHand == null || byHand == FailureClass.TRANSIENT);
  }

  @Override
  public List<Failed> failed() {
    return failures.groups(FailureFilter.ALL, 1_000).stream().map(this::failed).toList();
  }

  private Failed failed(Group group) {
    return new Failed(
        standing(group.fingerprint(), group.target()),
        group.messages(),
        group.lastFailed(),
        MessageQuery.ALL
            .withFingerprint(group.fingerprint())
            .withStatuses(Set.of(MessageStatus.FAILED, MessageStatus.DEAD_LETTERED))
            .withOrder(MessageQuery.Order.OLDEST_FIRST),
        this::of);
  }

  @Override
  public Optional<Standing> of(Fingerprint exception) {
    return failures.group(exception).map(g -> standing(exception, g.target()));
  }

  @Override
  public Optional<Standing> of(Message message) {
    return message.fingerprint().map(exception -> standing(exception, message.target()));
  }

  @Override
  public Map<MessageId, FailureClass> classes(Collection<Message> messages) {
    Map<MessageId, FailureClass> classes = new HashMap<>();
    messages.forEach(
        message -> of(message).ifPresent(s -> classes.put(message.id(), s.failureClass())));
    return classes;
  }

  private Standing standing(Fingerprint exception, @Nullable String target) {
    FailureClass counting = byHand == null ? FailureClass.TRANSIENT : byHand;
    return new Standing(exception, target, counting, byHand, stoppedBy);
  }
}
