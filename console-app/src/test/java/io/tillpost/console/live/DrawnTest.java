package io.tillpost.console.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DrawnTest {
  private final Drawn<List<String>> drawn = new Drawn<>();

  @Test
  void whatWasNeverDrawnHasToBe() {
    assertThat(drawn.differs(List.of())).isTrue();
  }

  @Test
  void whatWouldLookTheSameIsLeftAlone() {
    drawn.differs(List.of("Sale 17"));
    assertThat(drawn.differs(List.of("Sale 17"))).isFalse();
  }

  @Test
  void whatIsOtherThanTheLastTimeIsDrawnAnewAlsoWhereItWasSoBefore() {
    drawn.differs(List.of("Sale 17"));
    assertThat(drawn.differs(List.of("Sale 18"))).isTrue();
    assertThat(drawn.differs(List.of("Sale 17"))).isTrue();
    assertThat(drawn.differs(List.of("Sale 17"))).isFalse();
  }
}
