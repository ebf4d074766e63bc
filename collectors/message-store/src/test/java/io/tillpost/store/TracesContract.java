package io.tillpost.store;

import static io.tillpost.testing.Samples.MORNING;
import static io.tillpost.testing.Samples.aSpan;
import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.store.Traces.ApiUse;
import io.tillpost.store.Traces.TraceQuery;
import io.tillpost.trace.Span;
import io.tillpost.trace.SpanId;
import io.tillpost.trace.SpanKind;
import io.tillpost.trace.TraceId;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

abstract class TracesContract extends StoreContract {
  @Test
  void aTraceThatWasNeverWrittenIsEmpty() {
    assertThat(stores.traces().trace(new TraceId("4bf92f3577b34da6a3ce929d0e0e4736"))).isEmpty();
    assertThat(stores.traces().search(query(null, null))).isEmpty();
    assertThat(stores.traces().apiUse(MORNING, MORNING.plusSeconds(60))).isEmpty();
  }

  @Test
  void spansComeBackExactlyAndInOrderOfTheirStartToTheNanosecond() {
    Span root =
        aSpan()
            .start(MORNING.plusNanos(1))
            .lasting(Duration.ofNanos(1_234_567))
            .attribute("http.route", "/sales")
            .attribute("empty", "")
            .event("exception", MORNING.plusNanos(77), Map.of("exception.type", "IOException"))
            .failed("refused")
            .build();
    Span second = aSpan().childOf(root).start(MORNING.plusNanos(3)).build();
    Span first = aSpan().childOf(root).start(MORNING.plusNanos(2)).build();
    writeSpans(second, root, first, aSpan().build());
    assertThat(stores.traces().trace(root.traceId())).containsExactly(root, first, second);
  }

  @Test
  void aDayIsDroppedWholeAndNoOther() {
    Span old = aSpan().build();
    Span recent = aSpan().start(MORNING.plus(Duration.ofDays(1))).build();
    clock.advance(Duration.ofDays(1));
    writeSpans(old, recent);
    LocalDate first = MORNING.atOffset(ZoneOffset.UTC).toLocalDate();
    assertThat(stores.daily().days(DailyData.Kind.SPANS))
        .containsExactlyInAnyOrder(first, first.plusDays(1));
    stores.daily().drop(DailyData.Kind.SPANS, first);
    stores.daily().drop(DailyData.Kind.SPANS, first);
    stores.daily().drop(DailyData.Kind.EVENTS, first);
    assertThat(stores.daily().days(DailyData.Kind.SPANS)).containsExactly(first.plusDays(1));
    assertThat(stores.traces().trace(old.traceId())).isEmpty();
    assertThat(stores.traces().trace(recent.traceId())).containsExactly(recent);
  }

  @Test
  void aListOfTracesShowsTheNewestRootsFirst() {
    Span old = aSpan().build();
    Span recent = aSpan().start(MORNING.plusSeconds(1)).build();
    writeSpans(old, recent, aSpan().childOf(old).kind(SpanKind.INTERNAL).build());
    assertThat(stores.traces().search(query(null, null))).containsExactly(recent, old);
  }

  @Test
  void aListForAServiceShowsWhereItIsEntered() {
    Span root = aSpan().service("till").kind(SpanKind.CLIENT).build();
    Span entry = aSpan().childOf(root).service("middleware").build();
    Span inner = aSpan().childOf(entry).service("middleware").kind(SpanKind.INTERNAL).build();
    writeSpans(root, entry, inner);
    assertThat(stores.traces().search(query("middleware", null))).containsExactly(entry);
    assertThat(stores.traces().search(query("till", null))).containsExactly(root);
  }

  @Test
  void aListCanBeNarrowedByErrorDurationTextAndTime() {
    Span slow = aSpan().name("erp.postSale retry").lasting(Duration.ofSeconds(3)).build();
    Span failed = aSpan().failed("boom").message("Sale-77").build();
    writeSpans(slow, failed);
    TraceQuery all = query(null, null);
    assertThat(stores.traces().search(all)).hasSize(2);
    assertThat(stores.traces().search(narrowed(all, true, null))).containsExactly(failed);
    assertThat(stores.traces().search(narrowed(all, false, Duration.ofSeconds(3))))
        .containsExactly(slow);
    assertThat(stores.traces().search(query(null, slow.traceId().value()))).containsExactly(slow);
    assertThat(stores.traces().search(query(null, "sale-77"))).containsExactly(failed);
    assertThat(stores.traces().search(query(null, "ERP retry"))).containsExactly(slow);
    assertThat(stores.traces().search(query(null, "post"))).hasSize(2);
    assertThat(stores.traces().search(query(null, "postsale"))).containsExactly(slow);
    assertThat(stores.traces().search(query(null, "nothing"))).isEmpty();
    assertThat(
            stores
                .traces()
                .search(
                    new TraceQuery(
                        null,
                        null,
                        false,
                        null,
                        MORNING.plusNanos(1_000_000),
                        MORNING.plusSeconds(9),
                        10)))
        .isEmpty();
  }

  @Test
  void apiUseCountsCallsErrorsAndMinutesByCalledSystem() {
    for (int i = 0; i < 20; i++) {
      writeSpans(
          aSpan()
              .calling("erp")
              .start(MORNING.plusSeconds(i < 15 ? i : 60 + i))
              .lasting(Duration.ofMillis(100))
              .build());
    }
    Span failed = aSpan().calling("loyalty").lasting(Duration.ofMillis(7)).failed("429").build();
    writeSpans(failed, aSpan().build());
    List<ApiUse> use = stores.traces().apiUse(MORNING, MORNING.plusSeconds(125));
    assertThat(use).extracting(ApiUse::api).containsExactly("erp", "loyalty");
    assertThat(use.getFirst())
        .isEqualTo(
            new ApiUse(
                "erp",
                20,
                0,
                15,
                5,
                Duration.ofMillis(100),
                Duration.ofMillis(100),
                Duration.ofMillis(100)));
    assertThat(use.getLast().errors()).isEqualTo(1);
    assertThat(use.getLast().p50()).isEqualTo(Duration.ofMillis(7));
  }

  @Test
  void spansWithTheSameIdInDifferentTracesAreDifferent() {
    SpanId id = new SpanId("00f067aa0ba902b7");
    Span one = aSpan().id(id).build();
    Span other = aSpan().id(id).build();
    writeSpans(one, other);
    assertThat(stores.traces().trace(one.traceId())).containsExactly(one);
    assertThat(stores.traces().trace(other.traceId())).containsExactly(other);
  }

  private static TraceQuery query(String service, String text) {
    return new TraceQuery(
        service, text, false, null, MORNING.minusSeconds(60), MORNING.plusSeconds(3_600), 100);
  }

  private static TraceQuery narrowed(TraceQuery query, boolean errors, Duration atLeast) {
    return new TraceQuery(
        query.service(), query.text(), errors, atLeast, query.from(), query.to(), query.size());
  }
}
