package io.tillpost.console.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.console.live.Live.Fresh;
import io.tillpost.console.live.Live.Stale;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

class AsOfTest {
  private static final Instant MORNING = Instant.parse("2026-11-29T10:15:04Z");
  private static final Instant LATER = MORNING.plusSeconds(60);

  private final AsOf asOf =
      new AsOf(ZoneOffset.UTC, new StaticListableBeanFactory().getBeanProvider(IngestDelay.class));

  @Test
  void whatWasNeverAnsweredIsNotSaidToBeOld() {
    asOf.show(never());

    assertThat(asOf.getText())
        .isEqualTo("Not answered yet: The storage is away. Trying again by itself.");
  }

  @Test
  void whatIsAskedForAfterwardsInVainLeavesWhatIsShownAsOldAsItIs() {
    asOf.show(new Fresh<>("of one filter", MORNING));
    asOf.show(never());

    assertThat(asOf.getText())
        .isEqualTo("Not refreshed since 10:15:04 Z: The storage is away. Trying again by itself.");
  }

  @Test
  void whatAnotherPageSawBeforeIsAsOldAsItIs() {
    asOf.show(new Stale<>(Optional.of("its value"), MORNING, "The storage is away"));

    assertThat(asOf.getText()).startsWith("Not refreshed since 10:15:04 Z: ");
  }

  @Test
  void whatIsNotOnTheScreenAnyMoreDoesNotCount() {
    asOf.show(new Fresh<>("of one tab", MORNING));
    asOf.forget();
    asOf.show(never());

    assertThat(asOf.getText()).startsWith("Not answered yet: ");
  }

  @Test
  void onlyWhatCouldNotBeRefreshedIsSpoken() {
    asOf.show(new Fresh<>("value", MORNING));
    assertThat(asOf.getText()).isEqualTo("as of 10:15:04 Z");
    assertThat(asOf.getElement().getAttribute("role")).isNull();

    asOf.show(never());
    assertThat(asOf.getElement().getAttribute("role")).isEqualTo("alert");
    assertThat(asOf.getElement().getThemeList()).contains("stale");

    asOf.show(new Fresh<>("value", LATER));
    assertThat(asOf.getElement().getAttribute("role")).isNull();
    assertThat(asOf.getElement().getThemeList()).isEmpty();
  }

  private static Stale<String> never() {
    return new Stale<>(Optional.empty(), LATER, "The storage is away");
  }
}
