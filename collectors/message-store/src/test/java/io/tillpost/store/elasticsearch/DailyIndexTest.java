package io.tillpost.store.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tillpost.message.MessageId;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class DailyIndexTest {
  private final DailyIndex events = DailyIndex.of("tillpost-", "events");

  @Test
  void aMomentBelongsToItsDayInUtc() {
    assertThat(events.at(Instant.parse("2026-11-23T23:59:59.999999999Z")))
        .isEqualTo("tillpost-events-2026.11.23");
    assertThat(events.at(Instant.parse("2026-11-24T00:00:00Z")))
        .isEqualTo("tillpost-events-2026.11.24");
  }

  @Test
  void theDayIsReadFromTheName() {
    assertThat(events.day("tillpost-events-2026.11.23")).contains(LocalDate.of(2026, 11, 23));
    assertThat(events.day("tillpost-events-of-mine")).isEmpty();
    assertThat(events.day("tillpost-spans-2026.11.23")).isEmpty();
  }

  @Test
  void aShortWindowNamesItsDaysAndALongOneAll() {
    Instant from = Instant.parse("2026-11-23T10:00:00Z");
    assertThat(events.between(from, Instant.parse("2026-11-24T00:00:00Z")))
        .isEqualTo("tillpost-events-2026.11.23");
    assertThat(events.between(from, Instant.parse("2026-11-24T00:00:01Z")))
        .isEqualTo("tillpost-events-2026.11.23,tillpost-events-2026.11.24");
    assertThat(events.between(from, from.plusSeconds(40 * 86_400))).isEqualTo("tillpost-events-*");
    assertThat(events.between(from, null)).isEqualTo("tillpost-events-*");
    assertThat(events.between(from, from)).isEqualTo("tillpost-events-*");
  }

  @Test
  void aKindOfDocumentsMustNotLookLikeADailyIndex() {
    Schema schema = new Schema(null, "tillpost-");
    assertThat(schema.documents("recovery-operations")).isEqualTo("tillpost-recovery-operations");
    for (String name : new String[] {"events", "spans-x", "Notes", "a_b", "*", ""}) {
      assertThatIllegalArgumentException().isThrownBy(() -> schema.documents(name));
    }
  }

  @Test
  void messageIdsThatAreTooLongOrLookLikeAHashAreHashed() {
    assertThat(DocumentIds.of(new MessageId("sale-1"))).isEqualTo("sale-1");
    assertThat(DocumentIds.of(new MessageId("\u20AC".repeat(200)))).hasSize(71);
    assertThat(DocumentIds.of(new MessageId("sha256-1"))).isNotEqualTo("sha256-1").hasSize(71);
  }
}
