package io.tillpost.console.messages.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.router.QueryParameters;
import io.tillpost.message.MessageStatus;
import io.tillpost.store.MessageQuery;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MessageFilterTest {
  private static final Instant NOW = Instant.parse("2026-11-24T06:00:00Z");

  @Test
  void whatIsInTheAddressComesBackOutOfIt() {
    MessageFilter filter =
        new MessageFilter(
            "0412-03-4711",
            Set.of("sales-posting", "returns"),
            Set.of(MessageStatus.FAILED),
            Set.of("0412"),
            true,
            "0123456789abcdef");

    assertThat(MessageFilter.of(filter.toParameters())).isEqualTo(filter);
  }

  @Test
  void anEmptyAddressAsksForEverything() {
    MessageFilter filter = MessageFilter.of(QueryParameters.empty());

    assertThat(filter.isEmpty()).isTrue();
    assertThat(filter.toQuery(NOW, 100)).isEqualTo(MessageQuery.ALL);
  }

  @Test
  void whatTheAddressSaysWronglyIsLeftOut() {
    MessageFilter filter =
        MessageFilter.of(QueryParameters.fromString("status=LOST&exception=nonsense&attention=x"));

    assertThat(filter.statuses()).isEmpty();
    assertThat(filter.attention()).isFalse();
    assertThat(filter.toQuery(NOW, 100).exceptions()).isEmpty();
  }

  @Test
  void attentionIsAskedForThisMoment() {
    MessageFilter filter = MessageFilter.of(QueryParameters.fromString("attention=true"));

    assertThat(filter.toQuery(NOW, 50).attentionAt()).isEqualTo(NOW);
    assertThat(filter.toQuery(NOW, 50).size()).isEqualTo(50);
  }
}
