package io.tillpost.console.exceptions;

import io.tillpost.console.classification.ClassificationRule;
import io.tillpost.console.classification.ClassificationRules;
import io.tillpost.console.classification.Classifier;
import io.tillpost.console.classification.Classifier.Subject;
import io.tillpost.console.classification.RuleMatch;
import io.tillpost.console.exceptions.RuleTrial.Payloads;
import io.tillpost.console.security.StoreScope;
import io.tillpost.failure.Fingerprint;
import io.tillpost.message.Message;
import io.tillpost.message.MessageStatus;
import io.tillpost.store.FailureQueries.Group;
import io.tillpost.store.MessageQuery;
import io.tillpost.store.Messages;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks into the payloads that rules on trial ask for: of every exception that of the message that
 * stands for it, of the largest ones some more. Never into one of a store that is not the
 * operator's: a trial must not be a way to guess what stands in it.
 */
final class PayloadSamples {
  private static final int EXCEPTIONS = 100;
  private static final int MESSAGES = 20;

  private final Messages messages;
  private final Classifier classifier;

  PayloadSamples(Messages messages, Classifier classifier) {
    this.messages = messages;
    this.classifier = classifier;
  }

  /**
   * What was seen.
   *
   * @param matches the rule for each exception that one is about
   * @param sampledByRule how many of the messages that were looked at each rule is about, by its
   *     position
   */
  record Seen(
      Map<Fingerprint, RuleMatch> matches, Map<Integer, Integer> sampledByRule, Payloads payloads) {
    @Nullable RuleMatch match(Group group) {
      return matches.get(group.fingerprint());
    }

    int sampled(ClassificationRule rule) {
      return sampledByRule.getOrDefault(rule.position(), 0);
    }
  }

  /**
   * Looks.
   *
   * @param groups those with the most messages first
   */
  Seen of(List<Group> groups, ClassificationRules tried, StoreScope stores) {
    List<Group> asked =
        groups.stream()
            .filter(g -> tried.asksForPayload(g.workflow(), g.target(), g.sample()))
            .toList();
    Map<Fingerprint, List<Subject>> sampled = new LinkedHashMap<>();
    for (Group group : asked.subList(0, Math.min(asked.size(), EXCEPTIONS))) {
      sampled.put(group.fingerprint(), newest(group, stores));
    }
    Map<Fingerprint, Subject> standing = standing(groups, asked, sampled, stores);
    Set<Subject> all = new HashSet<>(standing.values());
    sampled.values().forEach(all::addAll);
    Map<Subject, RuleMatch> found = classifier.of(all, tried);
    Map<Fingerprint, RuleMatch> matches = new HashMap<>();
    standing.forEach(
        (exception, subject) -> {
          RuleMatch match = found.get(subject);
          if (match != null) {
            matches.put(exception, match);
          }
        });
    // Nothing is known of their payloads, so no rule that asks for one is about them.
    for (Group group : groups) {
      if (!standing.containsKey(group.fingerprint())) {
        tried
            .withoutPayload(group.workflow(), group.target(), group.sample())
            .ifPresent(match -> matches.put(group.fingerprint(), match));
      }
    }
    return new Seen(
        matches,
        byRule(sampled.values(), found),
        new Payloads(
            asked.size(),
            sampled.size(),
            sampled.values().stream().mapToInt(List::size).sum(),
            (int) sampled.values().stream().filter(list -> isMixed(list, found)).count(),
            (int) asked.stream().filter(g -> !standing.containsKey(g.fingerprint())).count()));
  }

  /** By which message each exception is judged; not in it where none may be looked into. */
  private static Map<Fingerprint, Subject> standing(
      List<Group> groups,
      List<Group> asked,
      Map<Fingerprint, List<Subject>> sampled,
      StoreScope stores) {
    Map<Fingerprint, Subject> standing = new HashMap<>();
    groups.forEach(group -> standing.put(group.fingerprint(), ExceptionSummary.subject(group)));
    if (stores.isBound()) {
      for (Group group : asked) {
        List<Subject> own = sampled.getOrDefault(group.fingerprint(), List.of());
        if (own.isEmpty()) {
          standing.remove(group.fingerprint());
        } else if (own.stream().noneMatch(s -> s.message().equals(group.sampleMessage()))) {
          standing.put(group.fingerprint(), own.getFirst());
        }
      }
    }
    return standing;
  }

  private List<Subject> newest(Group group, StoreScope stores) {
    List<Subject> subjects = new ArrayList<>();
    messages
        .search(
            MessageQuery.ALL
                .withFingerprint(group.fingerprint())
                .withStatuses(Set.of(MessageStatus.FAILED, MessageStatus.DEAD_LETTERED))
                .page(MESSAGES, null))
        .items()
        .forEach(
            stored -> {
              Message message = stored.message();
              if (stores.has(message.storeId())) {
                message
                    .failure()
                    .ifPresent(
                        failure ->
                            subjects.add(
                                new Subject(
                                    message.workflow(),
                                    message.target(),
                                    failure,
                                    message.id(),
                                    message.lastEventAt())));
              }
            });
    return subjects;
  }

  private static Map<Integer, Integer> byRule(
      Collection<List<Subject>> sampled, Map<Subject, RuleMatch> found) {
    Map<Integer, Integer> counts = new HashMap<>();
    sampled.stream()
        .flatMap(List::stream)
        .map(found::get)
        .filter(Objects::nonNull)
        .forEach(match -> counts.merge(match.rule().position(), 1, Integer::sum));
    return counts;
  }

  private static boolean isMixed(List<Subject> list, Map<Subject, RuleMatch> found) {
    return list.stream()
            .map(subject -> found.get(subject))
            .map(match -> match == null ? 0 : match.rule().position())
            .distinct()
            .count()
        > 1;
  }
}
