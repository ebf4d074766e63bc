package io.tillpost.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.store.DocumentCodec;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class TargetFreezeTest {
  private static final Instant AT = Instant.parse("2026-11-29T10:00:00Z");
  private static final TargetFreeze OPEN_END =
      TargetFreeze.of("f-1", "erp", "Year end", "anna", AT, null);
  private static final TargetFreeze ONE_HOUR =
      TargetFreeze.of("f-2", "erp", "Year end", "anna", AT, AT.plusSeconds(3_600));

  @Test
  void itHoldsUntilItsEndOrUntilItIsLifted() {
    assertThat(OPEN_END.holds(AT.plusSeconds(1_000_000))).isTrue();
    assertThat(ONE_HOUR.holds(AT.plusSeconds(3_599))).isTrue();
    assertThat(ONE_HOUR.holds(AT.plusSeconds(3_600))).isFalse();
    assertThat(OPEN_END.lifted("bert", AT.plusSeconds(1), null).holds(AT)).isFalse();
  }

  @Test
  void whoWantsTheSameSaysTheSame() {
    assertThat(TargetFreeze.of("f-3", "erp", "Year end", "anna", AT.plusSeconds(1), null))
        .matches(OPEN_END::saysTheSame)
        .isNotEqualTo(OPEN_END);
    assertThat(OPEN_END.saysTheSame(ONE_HOUR)).isFalse();
    assertThat(OPEN_END.saysTheSame(TargetFreeze.of("f", "erp", "Year end", "bert", AT, null)))
        .isFalse();
    assertThat(OPEN_END.saysTheSame(TargetFreeze.of("f", "erp", "Other", "anna", AT, null)))
        .isFalse();
    assertThat(OPEN_END.saysTheSame(TargetFreeze.of("f", "wms", "Year end", "anna", AT, null)))
        .isFalse();
  }

  @Test
  void itIsKeptAsItIsAndWhatIsAbsentIsNull() {
    DocumentCodec<TargetFreeze> codec = new DocumentCodec<>(RecoveryKinds.FREEZES);
    TargetFreeze lifted = ONE_HOUR.lifted("bert", AT.plusSeconds(60), "The ERP is well");
    for (TargetFreeze one : List.of(OPEN_END, ONE_HOUR, lifted)) {
      ObjectNode json = (ObjectNode) new JsonMapper().readTree(codec.write(one).toString());
      assertThat(codec.read(json)).isEqualTo(one);
      assertThat(json.path("frozen_at").asString()).isEqualTo(AT.toString());
    }
    ObjectNode open = codec.write(OPEN_END);
    assertThat(open.propertyNames())
        .containsExactlyInAnyOrder("id", "target", "reason", "frozen_by", "frozen_at");
    assertThat(codec.read(open))
        .returns(null, TargetFreeze::until)
        .returns(null, TargetFreeze::liftedBy)
        .returns(null, TargetFreeze::liftedAt)
        .returns(null, TargetFreeze::liftedWhy);
    assertThat(codec.read(codec.write(lifted)))
        .returns("bert", TargetFreeze::liftedBy)
        .returns(AT.plusSeconds(60), TargetFreeze::liftedAt)
        .returns("The ERP is well", TargetFreeze::liftedWhy);
  }

  @Test
  void everyNameMakesAnIdOfADocument() {
    assertThat(TargetFreeze.documentId("erp")).isEqualTo("target:erp");
    assertThat(TargetFreeze.documentId("ä".repeat(400))).hasSizeLessThan(100);
    assertThat(TargetFreeze.documentId("..")).isNotEqualTo("..");
  }
}
