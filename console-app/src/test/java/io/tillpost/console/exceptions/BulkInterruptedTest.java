package io.tillpost.console.exceptions;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.console.audit.AuditEntry;
import io.tillpost.console.audit.AuditLog;
import io.tillpost.console.audit.AuditTrails;
import io.tillpost.console.exceptions.BulkTriageApi.BulkBody;
import io.tillpost.console.exceptions.TriageApi.CommentBody;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.failure.ExceptionGroup;
import io.tillpost.failure.ExceptionStatus;
import io.tillpost.failure.FailureClass;
import io.tillpost.failure.Fingerprint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.json.ProblemDetailJacksonMixin;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Acts for several exceptions in the middle of which the storage goes away. */
class BulkInterruptedTest extends TriageWorld {
  private static final int CHOSEN = 4;

  /**
   * The first head of the trail, and for each the head and the entry, the exception, the head and
   * the outcome.
   */
  private static final int MOST_WRITES = 1 + 5 * CHOSEN;

  /** What may be done to several, and how it shows that it was. */
  enum Act {
    IGNORE {
      @Override
      BulkTriage.Answer to(List<Fingerprint> chosen, BulkTriage bulk) {
        return bulk.ignore(chosen, untilMessages(5), "Known", "key");
      }

      @Override
      boolean isDone(ExceptionGroup one) {
        return one.status() == ExceptionStatus.IGNORED;
      }
    },
    CLASSIFY {
      @Override
      BulkTriage.Answer to(List<Fingerprint> chosen, BulkTriage bulk) {
        return bulk.classify(chosen, FailureClass.MAPPING, "key");
      }

      @Override
      boolean isDone(ExceptionGroup one) {
        return one.classOverride() == FailureClass.MAPPING;
      }
    },
    ASSIGN {
      @Override
      BulkTriage.Answer to(List<Fingerprint> chosen, BulkTriage bulk) {
        return bulk.assign(chosen, AssignWish.to("oncall"), "key");
      }

      @Override
      boolean isDone(ExceptionGroup one) {
        return "oncall".equals(one.assignee());
      }
    };

    abstract BulkTriage.Answer to(List<Fingerprint> chosen, BulkTriage bulk);

    abstract boolean isDone(ExceptionGroup one);
  }

  static Stream<Arguments> everyWrite() {
    return Stream.of(Act.values())
        .flatMap(
            act ->
                IntStream.rangeClosed(1, MOST_WRITES)
                    .boxed()
                    .flatMap(
                        write ->
                            Stream.of(
                                Arguments.of(act, write, false), Arguments.of(act, write, true))));
  }

  @ParameterizedTest(name = "{0}, away at write {1}, which happens: {2}")
  @MethodSource("everyWrite")
  void whereverItStopsTheAnswerSaysHowFarItCameAndARepeatDoesTheRest(
      Act act, int write, boolean happens) {
    List<Fingerprint> chosen = chosen("E");
    AwayStore away = new AwayStore(stores.documents(), write, happens);
    BulkTriage bulk = new Console(away).bulk;

    BulkTriage.Answer first = act.to(chosen, bulk);
    int done = first.done();
    assertThat(first.isWhole())
        .as("without the outcome of the last one it is done too")
        .isEqualTo(write > MOST_WRITES - 2);
    assertThat(first.refused()).isZero();
    assertThat(first.left()).isEqualTo(chosen.subList(done, CHOSEN));
    List<Boolean> before = chosen.stream().map(one -> act.isDone(records.get(one))).toList();
    assertThat(before.subList(0, done)).doesNotContain(false);
    assertThat(before.subList(Math.min(done + 1, CHOSEN), CHOSEN)).doesNotContain(true);

    away.comeBack();
    assertThat(act.to(chosen, bulk))
        .isEqualTo(new BulkTriage.Answer(CHOSEN, 0, Set.of(), List.of()));
    assertThat(act.to(chosen, bulk).done()).isEqualTo(CHOSEN);

    for (int i = 0; i < CHOSEN; i++) {
      Fingerprint one = chosen.get(i);
      assertThat(act.isDone(records.get(one))).isTrue();
      assertThat(records.get(one).history()).hasSize(1);
      List<String> endings = auditOf(one).stream().map(this::ending).toList();
      if (i == done && !before.get(i)) {
        // Its first try may be there too, as what it is: not done for sure.
        assertThat(endings).hasSizeBetween(1, 2).containsOnlyOnce("Done: null");
      } else if (i == done || i == done - 1) {
        assertThat(endings).as("of the last one the outcome may be missing").hasSize(1);
      } else {
        assertThat(endings).containsExactly("Done: null");
      }
    }
    AuditTrails.assertIntact(stores.documents());
  }

  @Test
  void overHttpItIsToldOfEachException() {
    List<Fingerprint> chosen = chosen("HTTP");
    AwayStore away = new AwayStore(stores.documents(), 9, false);
    BulkTriageApi api = new Console(away).api;

    ResponseEntity<?> first = api.triage("key", commenting(chosen));
    assertThat(first.getStatusCode().value()).isEqualTo(503);
    assertThat(first.getHeaders().getFirst(HttpHeaders.RETRY_AFTER)).isEqualTo("5");
    JsonNode json = json(first);
    int done = json.get("done").intValue();
    assertThat(done).isBetween(1, CHOSEN - 2);
    assertThat(json.get("chosen").intValue()).isEqualTo(CHOSEN);
    assertThat(json.get("detail").stringValue())
        .isEqualTo(
            "The storage stopped answering: done for %d of 4. Ask again in a moment, with the same Idempotency-Key: the rest is done then, and nothing twice."
                .formatted(done));
    List<String> reasons = new ArrayList<>();
    json.get("outcomes").forEach(one -> reasons.add(one.get("reason").asString("-")));
    assertThat(reasons.subList(done, CHOSEN))
        .startsWith("The storage did not answer: it is not known whether this was done")
        .endsWith("Nothing was done: the storage did not answer any more");
    assertThat(json.at("/outcomes/0/done").booleanValue()).isTrue();
    assertThat(json.at("/outcomes/0/exception/status").stringValue()).isEqualTo("OPEN");
    assertThat(json.at("/outcomes/0/id").stringValue()).isEqualTo(chosen.getFirst().value());

    away.comeBack();
    ResponseEntity<?> again = api.triage("key", commenting(chosen));
    assertThat(again.getStatusCode().value()).isEqualTo(200);
    assertThat(json(again).get("done").intValue()).isEqualTo(CHOSEN);
    assertThat(chosen)
        .allSatisfy(one -> assertThat(records.get(one).comments()).hasSize(1))
        .filteredOn(one -> auditOf(one).size() > 1)
        .hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void withoutAKeyItIsToldWhatARepeatMeans() {
    List<Fingerprint> chosen = chosen("KEYLESS");
    AwayStore away = new AwayStore(stores.documents(), 2, false);

    ResponseEntity<?> first = new Console(away).api.triage(null, commenting(chosen));

    assertThat(first.getStatusCode().value()).isEqualTo(503);
    assertThat(json(first).get("detail").stringValue())
        .startsWith("The storage stopped answering: done for 0 of 4.")
        .contains("for those that are not done", "may be done twice");
  }

  @Test
  void whatWasDoneToOneThatWasMergedSinceIsNotDoneAgain() {
    List<Fingerprint> chosen = chosen("MERGED");
    BulkTriage bulk = new Console(new AwayStore(stores.documents(), 999, true)).bulk;
    assertThat(bulk.classify(chosen, FailureClass.MAPPING, "key").done()).isEqualTo(CHOSEN);
    merging.merge(chosen.get(1), List.of(chosen.get(0)), null);
    int entries = auditOf(chosen.get(1)).size();

    assertThat(bulk.classify(chosen, FailureClass.MAPPING, "key").done()).isEqualTo(CHOSEN);
    assertThat(auditOf(chosen.get(1))).hasSize(entries);
    assertThat(bulk.classify(chosen, FailureClass.TRANSIENT, "key").done())
        .as("another wish is another request")
        .isEqualTo(CHOSEN);
    assertThat(records.get(chosen.get(1)).classOverride()).isEqualTo(FailureClass.TRANSIENT);
  }

  /** What one console does on documents that may be away. */
  private final class Console {
    final BulkTriage bulk;
    final BulkTriageApi api;

    Console(AwayStore away) {
      TriageRecords awayRecords = new TriageRecords(away.documents(), stores.failures());
      Triage awayTriage =
          new Triage(
              awayRecords,
              stores.failures(),
              new AuditLog(away.documents(), Optional::empty, clock),
              new CurrentOperator(),
              known,
              new TeamNames(() -> teams),
              classifier,
              clock);
      OneAfterAnother each = new OneAfterAnother(awayRecords, stores.failures());
      bulk = new BulkTriage(awayTriage, each, new CurrentOperator());
      api =
          new BulkTriageApi(
              awayTriage,
              new FrozenLists(inbox, records, stores, new CurrentOperator(), clock),
              each,
              new CurrentOperator());
    }
  }

  private List<Fingerprint> chosen(String name) {
    return IntStream.range(0, CHOSEN)
        .mapToObj(number -> fail("%s_%d".formatted(name, number), sale("0001")))
        .toList();
  }

  private static BulkBody commenting(List<Fingerprint> chosen) {
    return new BulkBody(
        chosen.stream().map(Fingerprint::value).toList(),
        null,
        null,
        null,
        null,
        new CommentBody("Known since Monday"),
        null,
        null,
        null);
  }

  private static JsonNode json(ResponseEntity<?> answer) {
    return JsonMapper.builder()
        .addMixIn(ProblemDetail.class, ProblemDetailJacksonMixin.class)
        .build()
        .valueToTree(answer.getBody());
  }

  private String ending(AuditEntry entry) {
    return AuditTrails.ending(stores.documents(), entry);
  }
}
