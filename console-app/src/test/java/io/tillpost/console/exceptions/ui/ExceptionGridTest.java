package io.tillpost.console.exceptions.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.console.exceptions.MyTeams;
import io.tillpost.message.Workflows;
import io.tillpost.testing.MutableClock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ExceptionGridTest {
  private final MutableClock clock = MutableClock.at("2026-03-02T09:00:00Z");
  private final MyTeams mine = new MyTeams("support", List.of());
  private final ExceptionGrid grid =
      new ExceptionGrid(_ -> List.of(), Workflows.of(List.of()), mine, ZoneOffset.UTC, clock);
  private final AtomicInteger sent = new AtomicInteger();

  @Test
  void rowsThatStayTheSameAreSentOnceAMinuteBecauseOfTheirAges() {
    grid.getDataProvider().addDataProviderListener(_ -> sent.incrementAndGet());
    grid.show(List.of(), mine);
    clock.advance(Duration.ofSeconds(59));
    grid.show(List.of(), mine);
    assertThat(sent).hasValue(1);
    clock.advance(Duration.ofSeconds(1));
    grid.show(List.of(), mine);
    assertThat(sent).hasValue(2);
    grid.show(List.of(), mine);
    assertThat(sent).hasValue(2);
  }
}
