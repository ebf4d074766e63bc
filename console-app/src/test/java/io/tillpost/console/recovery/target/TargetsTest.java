package io.tillpost.console.recovery.target;

import static io.tillpost.console.recovery.RecoveryWorld.accepted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.tillpost.console.audit.AuditAction;
import io.tillpost.console.audit.AuditEntry;
import io.tillpost.console.audit.AuditSubject;
import io.tillpost.console.recovery.FastSettings;
import io.tillpost.console.recovery.RecoveryWorld;
import io.tillpost.console.recovery.TargetProperties;
import io.tillpost.console.recovery.TestConsole;
import io.tillpost.console.security.Role;
import io.tillpost.console.security.StoreScope;
import io.tillpost.console.security.TestLogin;
import io.tillpost.console.text.MomentText;
import io.tillpost.message.MessageId;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.StoreUnavailableException;
import io.tillpost.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Targets are frozen by hand, and the freeze is lifted or comes to its end. */
@Execution(ExecutionMode.CONCURRENT)
class TargetsTest {
  private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private final MutableClock clock = MutableClock.at(now);
  private final RecoveryWorld world = new RecoveryWorld().clock(clock);
  private final TroubledFreezes documents = new TroubledFreezes(world.stores.documents());
  private final MessageId sale = world.aFailedSale();
  private final TestConsole console = world.idleConsole(documents);
  private final Targets targets = console.targets(world.stores.failures());

  TargetsTest() {
    TestConsole.logIn("anna", "MANAGER");
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aFreezeHoldsUntilItIsLiftedAndIsToldEverywhere() {
    RecoveryOperation plan = accepted(console.recovery.planMessages(Set.of(sale), null));
    assertThat(erp().closings()).isEmpty();

    FreezeAnswer frozen = freeze(" Year end ", null);

    assertThat(frozen).isEqualTo(new FreezeAnswer.Done(erp()));
    assertThat(erp().closings())
        .containsExactly(new TargetClosed(TargetClosed.Why.BY_HAND, "Year end", now, null, "anna"));
    assertThat(notices(console, plan))
        .containsExactly("erp is frozen by anna until somebody lifts it: Year end");
    clock.advance(Duration.ofDays(300));
    assertThat(notices(console, plan)).hasSize(1);

    TestConsole.logIn("bert", "MANAGER");
    FreezeAnswer lifted = targets.lift("erp", " The ERP is well ", null);

    assertThat(lifted).isEqualTo(new FreezeAnswer.Done(erp()));
    assertThat(erp().closings()).isEmpty();
    assertThat(erp().version()).isEqualTo("open");
    assertThat(notices(console, plan)).isEmpty();
    assertThat(targets.lift("erp", null, null)).as("twice").isEqualTo(lifted);
    assertThat(trail())
        .extracting(
            AuditEntry::actor, AuditEntry::action, AuditEntry::subjectId, AuditEntry::reason)
        .containsExactly(
            tuple("anna", AuditAction.FREEZE_TARGET, "erp", "Year end"),
            tuple("bert", AuditAction.LIFT_FREEZE, "erp", "The ERP is well"));
    assertThat(trail())
        .extracting(AuditEntry::before)
        .containsExactly("Not frozen", "erp is frozen by anna until somebody lifts it: Year end");
    assertThat(trail())
        .extracting(AuditEntry::after)
        .containsExactly("erp is frozen by anna until somebody lifts it: Year end", "Not frozen");
  }

  @Test
  void aLaterFreezeTakesThePlaceOfAnEarlierOne() {
    freeze("Year end", null);
    // Entries of one millisecond have no order.
    clock.advance(Duration.ofMillis(1));
    TestConsole.logIn("bert", "MANAGER");
    freeze("Maintenance of the ERP", now.plusSeconds(3_600));

    assertThat(erp().closings())
        .extracting(TargetClosed::reason)
        .containsExactly("Maintenance of the ERP");
    assertThat(trail().getLast().before())
        .isEqualTo("erp is frozen by anna until somebody lifts it: Year end");
    assertThat(trail().getLast().after())
        .isEqualTo(
            "erp is frozen until %s by bert: Maintenance of the ERP"
                .formatted(MomentText.full(now.plusSeconds(3_600), ZoneOffset.UTC)));
  }

  @Test
  void theSameTwiceIsOneAndDoesNotFreezeAnewWhatWasLiftedMeanwhile() {
    FreezeWish wish = new FreezeWish("Year end", null, null, "key");
    FreezeAnswer once = targets.freeze("erp", wish);

    assertThat(targets.freeze("erp", wish)).isEqualTo(once);
    assertThat(freeze("Year end", null)).as("without a key").isEqualTo(once);
    assertThat(targets.freeze("erp", new FreezeWish("Stocktaking", null, null, "key")))
        .isEqualTo(new FreezeAnswer.Refused("This Idempotency-Key was used for another freeze."));
    assertThat(trail()).hasSize(1);

    targets.lift("erp", null, null);
    assertThat(targets.freeze("erp", wish))
        .isEqualTo(
            new FreezeAnswer.Refused(
                "This freeze was lifted by anna. Freeze erp anew with another Idempotency-Key."));
    assertThat(erp().closings()).isEmpty();

    FreezeWish short1 = new FreezeWish("Year end", now.plusSeconds(60), null, "another");
    targets.freeze("erp", short1);
    clock.advance(Duration.ofSeconds(60));
    assertThat(targets.freeze("erp", short1))
        .as("its end has come")
        .isInstanceOf(FreezeAnswer.Invalid.class);
    assertThat(erp().closings()).isEmpty();
  }

  @Test
  void itEndsByItself() {
    RecoveryOperation plan = accepted(console.recovery.planMessages(Set.of(sale), null));
    freeze("Year end", now.plusSeconds(3_600));

    clock.advance(Duration.ofHours(1).minusMillis(1));
    assertThat(notices(console, plan)).hasSize(1);
    clock.advance(Duration.ofMillis(1));

    assertThat(notices(console, plan)).isEmpty();
    assertThat(erp().closings()).isEmpty();
    assertThat(targets.lift("erp", null, null)).isEqualTo(new FreezeAnswer.Done(erp()));
    freeze("Once more", null);
    assertThat(trail()).extracting(AuditEntry::before).containsOnly("Not frozen");
    assertThat(trail()).hasSize(2);
  }

  @Test
  void anEndLiesAheadAndNotMoreThanAYear() {
    assertThat(freeze("Year end", now))
        .isEqualTo(
            new FreezeAnswer.Invalid(
                "That end is over already: the end of a freeze lies ahead, or is left open."));
    assertThat(freeze("Year end", now.minusSeconds(1))).isInstanceOf(FreezeAnswer.Invalid.class);
    assertThat(freeze("Year end", now.plus(Duration.ofDays(366)).plusMillis(1)))
        .isEqualTo(
            new FreezeAnswer.Invalid(
                "The end of a freeze lies at most a year ahead. Leave it open, and lift it when it is time."));
    assertThat(freeze("Year end", Instant.MAX)).isInstanceOf(FreezeAnswer.Invalid.class);
    assertThat(freeze("Year end", Instant.MIN)).isInstanceOf(FreezeAnswer.Invalid.class);
    assertThat(erp().closings()).isEmpty();
    assertThat(freeze("Year end", now.plus(Duration.ofDays(366))))
        .isInstanceOf(FreezeAnswer.Done.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 501})
  void aFreezeNeedsAReason(int length) {
    assertThat(freeze("x".repeat(length), null))
        .isEqualTo(new FreezeAnswer.Invalid("A reason of 3 to 500 characters is needed"));
    assertThat(freeze("x".repeat(500), null)).isInstanceOf(FreezeAnswer.Done.class);
    assertThat(targets.lift("erp", "x".repeat(501), null))
        .isEqualTo(new FreezeAnswer.Invalid("A reason has up to 500 characters"));
    assertThat(erp().closings()).hasSize(1);
    assertThat(trail()).hasSize(1);
  }

  @Test
  void aTargetThatNobodyKnowsIsRefusedWithTheNamesOfThoseThatAreKnown() {
    world.pace(
        new FastSettings()
            .targets(
                Map.of(
                    "default", RecoveryWorld.target(50, 4), "archive", RecoveryWorld.target(5, 2)))
            .settings());
    Targets known = world.idleConsole(documents).targets(world.stores.failures());

    assertThat(known.freeze("epr", new FreezeWish("Year end", null, null, null)))
        .isInstanceOfSatisfying(
            FreezeAnswer.NotFound.class,
            notFound ->
                assertThat(notFound.reason())
                    .startsWith("There is no target epr: ")
                    .contains(" Known are archive, erp. "));
    assertThat(known.lift("epr", null, null)).isInstanceOf(FreezeAnswer.NotFound.class);
    assertThat(trail()).isEmpty();
    // Nothing has ever failed on its way there.
    assertThat(known.freeze("archive", new FreezeWish("Year end", null, null, null)))
        .isInstanceOf(FreezeAnswer.Done.class);
    assertThat(known.all()).extracting(TargetStanding::name).containsExactly("archive", "erp");
    assertThat(known.all().getFirst().rate()).isEqualTo(5);
    assertThat(known.all().getLast().concurrency()).isEqualTo(4);
    // Here it is not in the configuration, and is frozen all the same.
    assertThat(targets.all()).extracting(TargetStanding::name).containsExactly("archive", "erp");
    assertThat(targets.lift("archive", null, null)).isInstanceOf(FreezeAnswer.Done.class);
    assertThat(targets.all()).extracting(TargetStanding::name).containsExactly("erp");
  }

  @Test
  void whatIsKnownOfNoTargetIsNothing() {
    try (RecoveryWorld empty = new RecoveryWorld()) {
      Targets none = empty.idleConsole(empty.stores.documents()).targets(empty.stores.failures());

      assertThat(none.all()).isEmpty();
      assertThat(none.freeze("erp", new FreezeWish("Year end", null, null, null)))
          .isInstanceOfSatisfying(
              FreezeAnswer.NotFound.class,
              notFound -> assertThat(notFound.reason()).contains(" None is known. "));
    }
  }

  @Test
  void nobodyDoesAwayWithAFreezeThatTheyHaveNotSeen() {
    String open = erp().version();
    freeze("Year end", null);
    String annas = erp().version();

    TestConsole.logIn("bert", "MANAGER");
    assertThat(targets.freeze("erp", new FreezeWish("Stocktaking", null, open, null)))
        .isEqualTo(
            new FreezeAnswer.Refused(
                "It is not as you saw it any more: erp is frozen by anna until somebody lifts it: Year end. Nothing was changed; look again and decide anew."));
    assertThat(targets.freeze("erp", new FreezeWish("Stocktaking", null, annas, null)))
        .isInstanceOf(FreezeAnswer.Done.class);
    assertThat(targets.lift("erp", null, annas))
        .isInstanceOfSatisfying(
            FreezeAnswer.Refused.class,
            refused -> assertThat(refused.reason()).contains("frozen by bert").contains("Stock"));
    assertThat(erp().closings()).extracting(TargetClosed::by).containsExactly("bert");
    assertThat(targets.lift("erp", null, erp().version())).isInstanceOf(FreezeAnswer.Done.class);
    assertThat(targets.freeze("erp", new FreezeWish("Stocktaking", null, annas, null)))
        .isInstanceOfSatisfying(
            FreezeAnswer.Refused.class,
            refused -> assertThat(refused.reason()).contains("erp is not frozen"));
  }

  @Test
  void ofTwoAtTheSameMomentOneIsToldThatTheOtherWasQuicker() {
    Targets other = world.idleConsole(world.stores.documents()).targets(world.stores.failures());
    documents.beforeNextWrite(
        () -> other.freeze("erp", new FreezeWish("Stocktaking", null, null, null)));

    assertThat(freeze("Year end", null))
        .isEqualTo(
            new FreezeAnswer.Refused(
                "Somebody else did something to it at the same moment: erp is frozen by anna until somebody lifts it: Stocktaking. Nothing was changed; look again and decide anew."));
    assertThat(erp().closings()).extracting(TargetClosed::reason).containsExactly("Stocktaking");

    documents.beforeNextWrite(() -> other.lift("erp", null, null));
    assertThat(freeze("Year end", null))
        .isInstanceOfSatisfying(
            FreezeAnswer.Refused.class,
            refused -> assertThat(refused.reason()).contains("erp is not frozen"));
    assertThat(erp().closings()).isEmpty();

    freeze("Year end", null);
    documents.beforeNextWrite(
        () -> other.freeze("erp", new FreezeWish("Stocktaking", null, null, null)));
    assertThat(targets.lift("erp", null, null)).isInstanceOf(FreezeAnswer.Refused.class);
    assertThat(erp().closings()).extracting(TargetClosed::reason).containsExactly("Stocktaking");
  }

  @Test
  void whoIsBoundToStoresSeesAndDoesNotFreeze() {
    TestLogin.as("cork", Role.MANAGER, TestLogin.only("04*"));

    assertThat(targets.objection())
        .contains(
            "A target serves all stores, and you work for the store 04*. Ask a colleague who works for all stores.");
    assertThat(freeze("Year end", null)).isInstanceOf(FreezeAnswer.Forbidden.class);
    assertThat(targets.lift("erp", null, null)).isInstanceOf(FreezeAnswer.Forbidden.class);
    assertThat(erp().closings()).isEmpty();
    assertThat(trail())
        .extracting(AuditEntry::action)
        .containsExactlyInAnyOrder(AuditAction.FREEZE_TARGET, AuditAction.LIFT_FREEZE);
    TestLogin.as("support", Role.SUPPORT, StoreScope.ALL);
    assertThat(targets.objection().orElseThrow()).startsWith("You may not freeze targets");
  }

  @Test
  void anotherConsoleHearsOfItWithinASecondAlsoOneThatBeginsLater() {
    RecoveryOperation plan = accepted(console.recovery.planMessages(Set.of(sale), null));
    TestConsole other = world.idleConsole(world.stores.documents());
    assertThat(notices(other, plan)).isEmpty();

    freeze("Year end", null);

    clock.advance(Duration.ofSeconds(1));
    assertThat(notices(other, plan)).hasSize(1);
    TestConsole later = world.idleConsole(world.stores.documents());
    assertThat(notices(later, plan)).hasSize(1);
    targets.lift("erp", null, null);
    clock.advance(Duration.ofSeconds(1));
    assertThat(notices(other, plan)).isEmpty();
  }

  @Test
  void whatIsConfiguredStaysClosedWhateverIsLifted() {
    LocalDateTime local = LocalDateTime.ofInstant(now, ZoneOffset.UTC);
    TargetProperties.Freeze freeze =
        new TargetProperties.Freeze("Stocktaking", local.minusHours(1), local.plusHours(1));
    world.pace(
        new FastSettings()
            .targets(Map.of("erp", new TargetProperties(100, 4, null, List.of(freeze), List.of())))
            .settings());
    Targets closed = world.idleConsole(documents).targets(world.stores.failures());
    closed.freeze("erp", new FreezeWish("Year end", now.plusSeconds(60), null, null));

    assertThat(closed.all().getFirst().closings())
        .extracting(TargetClosed::why)
        .as("what ends last first")
        .containsExactly(TargetClosed.Why.FREEZE, TargetClosed.Why.BY_HAND);
    closed.freeze("erp", new FreezeWish("Year end", null, null, null));
    assertThat(closed.all().getFirst().closings())
        .extracting(TargetClosed::why)
        .containsExactly(TargetClosed.Why.BY_HAND, TargetClosed.Why.FREEZE);
    assertThat(closed.lift("erp", null, null))
        .isInstanceOfSatisfying(
            FreezeAnswer.Done.class,
            done ->
                assertThat(done.target().closings())
                    .extracting(TargetClosed::reason)
                    .containsExactly("Stocktaking"));
  }

  @Test
  void whatCannotBeReadIsNotTakenForOpen() {
    RecoveryOperation plan = accepted(console.recovery.planMessages(Set.of(sale), null));
    assertThat(notices(console, plan)).isEmpty();
    documents.away(true);

    clock.advance(Duration.ofSeconds(1));

    assertThat(notices(console, plan))
        .containsExactly(
            "Whether somebody froze erp cannot be read now, so nothing is sent to it until it can be.");
    assertThatThrownBy(() -> freeze("Year end", null))
        .isInstanceOf(StoreUnavailableException.class);
    documents.away(false);
    assertThat(notices(console, plan)).isEmpty();
  }

  private FreezeAnswer freeze(String reason, @Nullable Instant until) {
    return targets.freeze("erp", new FreezeWish(reason, until, null, null));
  }

  private TargetStanding erp() {
    return targets.all().stream()
        .filter(target -> target.name().equals("erp"))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> notices(TestConsole console, RecoveryOperation operation) {
    return console.operations.outlook(operation).notices();
  }

  private List<AuditEntry> trail() {
    return world.auditTrail().stream()
        .filter(entry -> entry.subjectKind() == AuditSubject.Kind.TARGET)
        .sorted(Comparator.comparing(AuditEntry::id))
        .toList();
  }
}
