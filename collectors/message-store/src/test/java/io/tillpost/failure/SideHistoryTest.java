package io.tillpost.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.store.DocumentCodec;
import io.tillpost.store.DocumentKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class SideHistoryTest {
  private static final Instant NOW = Instant.parse("2026-11-24T07:00:00Z");
  private static final String RULE = "rule 1 “Tax”";
  private static final DocumentCodec<ExceptionGroup> CODEC =
      new DocumentCodec<>(new DocumentKind<>("exceptions", ExceptionGroup.class, Map.of(), true));

  private final ExceptionGroup fresh =
      ExceptionGroup.fresh(Fingerprint.of("sales-posting", "erp", "TAX", "It does not work"));

  /** All hand-overs of the exception, as nothing is kept of them for long. */
  private final List<SideChange> all = new ArrayList<>();

  @Test
  void theClockIsExactHoweverOftenItWentToAndFro() {
    Random random = new Random(7);
    ExceptionGroup group = fresh.foundWith(OwnerSide.IT, null, NOW).orElseThrow();
    OwnerSide side = OwnerSide.IT;
    Instant clock = NOW;
    for (int i = 1; i <= 1_000; i++) {
      clock = clock.plusMillis(random.nextInt(3) == 0 ? 500 : random.nextInt(4_000_000));
      // Clocks of consoles differ by a second or two.
      Instant at = clock.minusMillis(random.nextInt(1_900));
      OwnerSide other = side == OwnerSide.IT ? OwnerSide.BUSINESS : OwnerSide.IT;
      group = moved(group, other, random.nextInt(3) == 0 ? "anna" : null, at);
      side = other;

      assertThat(group.sides()).containsExactlyElementsOf(all.subList(Math.max(0, i - 100), i));
      for (Instant since :
          List.of(NOW.minusSeconds(777), NOW, group.sides().getFirst().at().plusSeconds(2))) {
        Instant now = at.plusSeconds(300);
        assertThat(SideClock.of(since, side, group.sideHistory(), now))
            .isEqualTo(SideClock.of(since, side, new SideHistory(all, null, side, false), now));
      }
    }
    assertThat(group.earlierSides()).isNotNull();
    assertThat(group.earlierSides().handOvers()).isEqualTo(900);
  }

  @Test
  void whereTheFirstFailureLiesAmongThoseAddedUpTheFirstOfThemBeginsTheClock() {
    ExceptionGroup group = often(fresh, 102, NOW);

    SideClock clock =
        SideClock.of(
            NOW.plus(Duration.ofMinutes(70)),
            OwnerSide.IT,
            group.sideHistory(),
            NOW.plus(Duration.ofHours(103)));

    assertThat(clock.with(OwnerSide.BUSINESS)).isEqualTo(Duration.ofHours(51));
    assertThat(clock.with(OwnerSide.IT)).isEqualTo(Duration.ofHours(51));
    assertThat(clock.handOvers()).isEqualTo(102);
  }

  @Test
  void whatWasStoredBeforeIsReadAndWhatIsStoredNowCanBeReadBefore() {
    assertThat(CODEC.write(often(fresh, 100, NOW)).has("earlier_sides")).isFalse();
    ObjectNode old = CODEC.write(often(fresh, 100, NOW));
    ArrayNode sides = (ArrayNode) old.get("sides");
    for (int i = 0; i < 50; i++) {
      sides.add(sides.get(99 - i % 2).deepCopy());
    }

    ExceptionGroup read = CODEC.read(old);
    assertThat(read.sides()).hasSize(150);
    assertThat(CODEC.write(read)).isEqualTo(old);
    ExceptionGroup next = moved(read, OwnerSide.BUSINESS, "anna", NOW.plus(Duration.ofHours(200)));
    assertThat(next.sides()).hasSize(100);
    assertThat(next.earlierSides().handOvers()).isEqualTo(51);

    ObjectNode now = CODEC.write(next);
    assertThat(CODEC.read(now)).isEqualTo(next);
    assertThat(now.at("/earlier_sides/with/IT").asString()).isEqualTo("PT25H");
    Before before =
        new DocumentCodec<>(new DocumentKind<>("exceptions", Before.class, Map.of(), true))
            .read(now);
    assertThat(before.sides()).isEqualTo(next.sides());
    assertThat(before.side()).isEqualTo(OwnerSide.BUSINESS);
  }

  /** As a console reads it that does not know of adding up yet. */
  record Before(String fingerprint, List<SideChange> sides, @Nullable OwnerSide side) {}

  /** To and fro, each after an hour, by hand. */
  private ExceptionGroup often(ExceptionGroup group, int times, Instant from) {
    ExceptionGroup after = group;
    for (int i = 1; i <= times; i++) {
      OwnerSide to = i % 2 == 1 ? OwnerSide.BUSINESS : OwnerSide.IT;
      after = moved(after, to, "anna", from.plus(Duration.ofHours(i)));
    }
    return after;
  }

  private ExceptionGroup moved(
      ExceptionGroup group, OwnerSide to, @Nullable String actor, Instant at) {
    OwnerSide from = to == OwnerSide.IT ? OwnerSide.BUSINESS : OwnerSide.IT;
    all.add(
        new SideChange(
            at, actor == null ? SideChange.BY_RULE : actor, from, to, actor == null ? RULE : null));
    return actor == null
        ? Optional.of(group).flatMap(g -> g.foundBeforeAct(to, RULE, at)).orElseThrow()
        : group.handedOver(from, to, null, actor, at);
  }
}
