package io.tillpost.console.exceptions;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.console.exceptions.FrozenLists.Frozen;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.failure.Fingerprint;
import io.tillpost.message.MessageEvent;
import io.tillpost.message.Stage;
import io.tillpost.testing.Samples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which exceptions a request over several of them is about. */
class FrozenListsTest extends TriageWorld {
  private final FrozenLists lists =
      new FrozenLists(inbox, records, stores, new CurrentOperator(), clock);

  @Test
  void aFilterIsFrozenForAllRepeatsOfItsRequest() {
    Fingerprint tax = fail("TAX", sale("0001"));
    TriageRequest request = TriageRequest.of("support", "key", "q=TAX");
    assertThat(lists.freeze(null, Map.of("q", List.of("TAX")), request))
        .isEqualTo(new Frozen.Chosen(List.of(tax)));
    fail("TAX", stock("0002"));
    clock.advance(Duration.ofSeconds(2));

    assertThat(lists.freeze(null, Map.of("q", List.of("TAX")), request))
        .isEqualTo(new Frozen.Chosen(List.of(tax)));
    assertThat(
            lists.freeze(
                null, Map.of("q", List.of("T")), TriageRequest.of("support", "key", "q=T")))
        .isEqualTo(new Frozen.OtherRequest());
    assertThat(chosen(lists.freeze(null, Map.of("q", List.of("TAX")), null))).hasSize(2);
  }

  @Test
  void aListIsForgottenOnceNoRepeatComesAnyMore() {
    Fingerprint tax = fail("TAX", sale("0001"));
    TriageRequest request = TriageRequest.of("support", "key", "q=TAX");
    lists.freeze(null, Map.of("q", List.of("TAX")), request);
    fail("TAX", stock("0002"));
    clock.advance(Duration.ofDays(31));

    lists.drop(clock.instant().minus(Duration.ofDays(32)));
    assertThat(chosen(lists.freeze(null, Map.of("q", List.of("TAX")), request)))
        .containsExactly(tax);
    lists.drop(clock.instant().minus(Duration.ofDays(30)));
    assertThat(chosen(lists.freeze(null, Map.of("q", List.of("TAX")), request))).hasSize(2);
  }

  @Test
  void oneThatWasMergedStandsForWhereItIsAndEachCountsOnce() {
    Fingerprint tax = fail("TAX", sale("0001"));
    Fingerprint tender = fail("TENDER", sale("0002"));
    merging.merge(tax, List.of(tender), null);

    assertThat(lists.freeze(List.of(tender.value(), tax.value()), null, null))
        .isEqualTo(new Frozen.Chosen(List.of(tax)));
  }

  @Test
  void whatMayMeanMoreThanWasAskedForIsRefused() {
    fail("TAX", sale("0001"));
    Map<String, List<String>> nothing = new HashMap<>();
    nothing.put("store", null);

    assertThat(why(lists.freeze(null, Map.of("stores", List.of("0009")), null)))
        .startsWith("stores: there is no such filter; there are [age, assignee,");
    for (Map<String, List<String>> odd :
        List.of(
            nothing,
            Map.of("store", List.<String>of()),
            Map.of("store", List.of(" ")),
            Map.of("store", Arrays.asList("0001", null)))) {
      assertThat(why(lists.freeze(null, odd, null)))
          .isEqualTo("store: a filter has values, none of them empty");
    }
    assertThat(chosen(lists.freeze(null, Map.of(), null))).hasSize(1);
  }

  @Test
  void whatIsNotThereOrTooMuchIsRefused() {
    Fingerprint tax = fail("TAX", sale("0001"));
    assertThat(why(lists.freeze(null, null, null))).startsWith("Give either ids");
    assertThat(why(lists.freeze(List.of(tax.value()), Map.of(), null))).startsWith("Give either");
    assertThat(why(lists.freeze(Arrays.asList(tax.value(), null), null, null)))
        .isEqualTo("There is no exception null");
    assertThat(why(lists.freeze(List.of("00ff00ff00ff00ff"), null, null)))
        .isEqualTo("There is no exception 00ff00ff00ff00ff");
    assertThat(why(lists.freeze(List.of(), null, null)))
        .isEqualTo("These are 0 exceptions: 1 to 2,000 at a time");
    List<String> many = IntStream.range(0, 2_001).mapToObj("%016x"::formatted).toList();
    assertThat(why(lists.freeze(many, null, null)))
        .isEqualTo("These are 2,001 exceptions: 1 to 2,000 at a time");
  }

  @Test
  void asManyAsThePageTakesAreTakenAndNotOneMore() {
    List<MessageEvent> events = new ArrayList<>();
    for (int i = 0; i < BulkTriage.MOST; i++) {
      events.addAll(
          sale("0001")
              .failingWith(Samples.aFailure().code("CODE_" + i).build())
              .throughStage(Stage.FAILED));
    }
    write(events);
    sweep.sweep();
    List<String> ids =
        inbox.list(ExceptionFilter.ALL).stream().map(e -> e.fingerprint().value()).toList();
    assertThat(ids).hasSize(2_000);

    assertThat(chosen(lists.freeze(ids, null, null))).hasSize(2_000);
    assertThat(chosen(lists.freeze(null, Map.of(), TriageRequest.of("support", "key", "all"))))
        .hasSize(2_000);

    ids = Stream.concat(ids.stream(), Stream.of(fail("MORE", sale("0001")).value())).toList();
    clock.advance(Duration.ofSeconds(2));
    String tooMany = "These are 2,001 exceptions: 1 to 2,000 at a time";
    assertThat(why(lists.freeze(ids, null, null))).isEqualTo(tooMany);
    assertThat(why(lists.freeze(null, Map.of(), null))).isEqualTo(tooMany);
    assertThat(chosen(lists.freeze(null, Map.of(), TriageRequest.of("support", "key", "all"))))
        .as("frozen before")
        .hasSize(2_000);
  }

  private static List<Fingerprint> chosen(Frozen frozen) {
    return ((Frozen.Chosen) frozen).exceptions();
  }

  private static String why(Frozen frozen) {
    return ((Frozen.Invalid) frozen).reason();
  }
}
