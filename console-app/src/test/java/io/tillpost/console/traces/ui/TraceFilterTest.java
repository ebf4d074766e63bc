package io.tillpost.console.traces.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.router.QueryParameters;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TraceFilterTest {
  @Test
  void whatIsInTheAddressComesBackOutOfIt() {
    TraceFilter filter =
        new TraceFilter("post sale", "erp", true, Duration.ofMillis(250), Duration.ofHours(6));

    assertThat(TraceFilter.of(filter.toParameters())).isEqualTo(filter);
  }

  @Test
  void whatTheAddressSaysWronglyFallsBack() {
    TraceFilter filter =
        TraceFilter.of(QueryParameters.fromString("slower-ms=-5&minutes=17&errors=maybe"));

    assertThat(filter.slowerThan()).isZero();
    assertThat(filter.window()).isEqualTo(Duration.ofHours(1));
    assertThat(filter.errorsOnly()).isFalse();
  }

  @Test
  void aTraceByAClockThatIsAheadIsFoundToo() {
    Instant now = Instant.parse("2026-11-24T06:00:00Z");

    assertThat(TraceFilter.of(QueryParameters.empty()).toQuery(now, 10).to()).isAfter(now);
  }
}
