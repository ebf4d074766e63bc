package io.tillpost.store.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.store.WrittenSpan;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpanOrderTest {
  @Test
  void tracesAreInTheOrderOfTheirIdsAndSpansOfATraceSideBySide() {
    String last = "f".repeat(32);
    String first = "0".repeat(31) + "1";
    String middle = "80" + "0".repeat(30);
    assertThat(
            SpanOrder.of(
                List.of(
                    spanOf(last, 1),
                    spanOf(middle, 2),
                    spanOf(first, 4),
                    spanOf(last, 0),
                    spanOf(first, 3),
                    spanOf(middle, 5))))
        .containsExactly(4, 2, 1, 5, 3, 0);
  }

  @Test
  void oneThatCameTwiceIsTheFirstOfTheTwo() {
    String trace = "a".repeat(32);
    assertThat(SpanOrder.of(List.of(spanOf(trace, 1), spanOf(trace, 0), spanOf(trace, 1))))
        .containsExactly(1, 0, 2);
  }

  @Test
  void tracesThatDifferOnlyAtTheEndAreInOrderToo() {
    assertThat(
            SpanOrder.of(List.of(spanOf("0".repeat(31) + "2", 0), spanOf("0".repeat(31) + "1", 0))))
        .containsExactly(1, 0);
  }

  @Test
  void ofNoneThereIsNone() {
    assertThat(SpanOrder.of(List.of())).isEmpty();
  }

  private static WrittenSpan spanOf(String traceId, int spanId) {
    return new WrittenSpan(traceId + "%016x".formatted(spanId), Instant.EPOCH, new byte[0], 0, 0);
  }
}
