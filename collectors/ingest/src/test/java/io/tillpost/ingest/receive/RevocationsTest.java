package io.tillpost.ingest.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.linecorp.armeria.common.TlsKeyPair;
import io.tillpost.ingest.receive.Revocations.Standing;
import io.tillpost.store.RefusalReason;
import io.tillpost.testing.MutableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.CRLException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RevocationsTest {
  private static final Instant NOW = Instant.parse("2026-11-29T10:15:30Z");
  private static final Duration DAY = Duration.ofDays(1);

  /** Authorities that are their own only certificates. */
  private static final TlsKeyPair ONE = TlsKeyPair.ofSelfSigned("one.example");

  private static final TlsKeyPair OTHER = TlsKeyPair.ofSelfSigned("other.example");
  private static final TlsKeyPair STRANGE = TlsKeyPair.ofSelfSigned("strange.example");
  private static final TlsKeyPair PRETENDER = TlsKeyPair.ofSelfSigned("one.example");

  @TempDir Path directory;
  private final MutableClock clock = MutableClock.at(NOW);

  private static RevocationList list(TlsKeyPair issuer) {
    return RevocationList.of(issuer).between(NOW.minus(DAY), NOW.plus(DAY));
  }

  private Path file(RevocationList... lists) throws IOException {
    return Files.writeString(
        directory.resolve("lists.pem"),
        Arrays.stream(lists).map(RevocationList::pem).collect(Collectors.joining()));
  }

  private Revocations read(Path file) throws IOException, CRLException {
    return read(file, false);
  }

  private Revocations read(Path file, boolean needed) throws IOException, CRLException {
    return Revocations.read(file, List.of(certificate(ONE), certificate(OTHER)), needed, clock);
  }

  private static X509Certificate certificate(TlsKeyPair pair) {
    return pair.certificateChain().getFirst();
  }

  private static Standing of(Revocations revocations, TlsKeyPair pair) {
    return revocations.standing(List.of(certificate(pair)));
  }

  @Test
  void onlyWhatIsOnAListIsRevoked() throws Exception {
    Revocations revocations = read(file(list(ONE).revoking(ONE), list(OTHER)));

    assertThat(of(revocations, ONE)).isEqualTo(new Standing.Revoked());
    assertThat(of(revocations, OTHER)).isEqualTo(new Standing.Good());
    assertThat(revocations.standing(List.of())).isEqualTo(new Standing.Good());
    assertThat(revocations.standing(List.of(certificate(OTHER), certificate(ONE))))
        .as("an authority between")
        .isEqualTo(new Standing.Revoked());
    assertThat(of(Revocations.NONE, ONE)).isEqualTo(new Standing.Good());
  }

  @Test
  void whereAnIssuerHasNoListNothingIsKnownOfWhatItSigned() throws Exception {
    Revocations revocations = read(file(list(ONE)));

    assertThat(of(revocations, STRANGE)).isInstanceOf(Standing.Unknown.class);
    assertThat(of(revocations, OTHER)).as("trusted by itself").isEqualTo(new Standing.Good());
  }

  @Test
  void aListHoldsNoLongerThanItSays() throws Exception {
    Path file = file(list(ONE), list(OTHER).revoking(OTHER));
    Revocations revocations = read(file);
    clock.advance(DAY);

    assertThat(of(revocations, ONE))
        .isEqualTo(new Standing.Unknown("The list of revoked certificates is out of date"));
    assertThat(of(revocations, OTHER)).isEqualTo(new Standing.Revoked());
    assertThat(of(read(file), ONE)).as("at the start").isInstanceOf(Standing.Unknown.class);
  }

  @Test
  void theFileIsReadAgainAndWhatWasReadLastHoldsWhileItCannotBe() throws Exception {
    Path file = file(list(ONE));
    Revocations revocations = read(file);
    assertThat(of(revocations, ONE)).isEqualTo(new Standing.Good());

    file(list(ONE).between(NOW, NOW.plus(DAY.multipliedBy(2))).revoking(ONE));
    revocations.readAgain();
    assertThat(of(revocations, ONE)).isEqualTo(new Standing.Revoked());

    Files.writeString(file, list(ONE).pem().substring(0, 200));
    revocations.readAgain();
    assertThat(of(revocations, ONE)).isEqualTo(new Standing.Revoked());
    Files.delete(file);
    revocations.readAgain();
    assertThat(of(revocations, ONE)).isEqualTo(new Standing.Revoked());

    file(list(ONE).between(NOW, NOW.plus(DAY.multipliedBy(3))));
    revocations.readAgain();
    assertThat(of(revocations, ONE)).isEqualTo(new Standing.Good());
  }

  @Test
  void ofTwoListsOfOneAuthorityTheLaterOneHolds() throws Exception {
    RevocationList later = list(ONE).between(NOW.minusSeconds(60), NOW.plus(DAY)).revoking(ONE);

    assertThat(of(read(file(later, list(ONE))), ONE)).isEqualTo(new Standing.Revoked());
    assertThat(of(read(file(list(ONE), later)), ONE)).isEqualTo(new Standing.Revoked());
  }

  @Test
  void aListInDerIsReadToo() throws Exception {
    Path file = Files.write(directory.resolve("list.crl"), list(ONE).revoking(ONE).der());

    assertThat(of(read(file), ONE)).isEqualTo(new Standing.Revoked());
  }

  @Test
  void whatIsNoWholeListOfATrustedAuthorityIsRefused() throws Exception {
    assertWrong(file(), "it holds no list");
    assertWrong(file(list(STRANGE)), "not signed by an authority");
    assertWrong(file(list(ONE).signedBy(PRETENDER)), "not signed by an authority");
    assertWrong(file(list(OTHER), list(ONE).delta()), "not of all of its certificates");
    Path garbage = Files.write(directory.resolve("garbage"), new byte[] {0x30, 0x03, 1, 2, 3});
    assertThatThrownBy(() -> read(garbage)).isInstanceOf(CRLException.class);
    assertThatThrownBy(() -> read(directory.resolve("none")))
        .isInstanceOf(NoSuchFileException.class);
  }

  private void assertWrong(Path file, String words) {
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(CRLException.class)
        .hasMessageContaining(words);
  }

  @Test
  void whileNothingIsKnownAKeyStillOpensUnlessACertificateIsNeededBesides() throws Exception {
    clock.advance(DAY);
    Path file = file(list(ONE).between(NOW.minus(DAY), NOW));
    Credentials alone = new Credentials(null, List.of("one.example"), List.of(certificate(ONE)));
    Credentials withKey = new Credentials("Bearer k", alone.marks(), alone.chain());

    ApiKeys optional = keys(read(file));
    assertThat(optional.admit(alone)).isInstanceOf(Admission.NotYet.class);
    assertThat(optional.admit(withKey)).isInstanceOf(Admission.In.class);
    ApiKeys needed = keys(read(file, true));
    assertThat(needed.admit(withKey)).isInstanceOf(Admission.NotYet.class);
  }

  @Test
  void whoseRevokedCertificateItWasIsSaid() throws Exception {
    Credentials shown =
        new Credentials("Bearer k", List.of("one.example"), List.of(certificate(ONE)));

    assertThat(keys(read(file(list(ONE).revoking(ONE)))).admit(shown))
        .isEqualTo(new Admission.Out(RefusalReason.REVOKED_CERTIFICATE, "store"));
  }

  private ApiKeys keys(Revocations revocations) {
    Sender store = Sender.unbound("store");
    String hash = "sha256:8254c329a92850f6d539dd376f4816ee2764517da5e0235514af433164480d7a";
    return ApiKeys.of(
        Map.of(store, List.of(hash)), Map.of("one.example", store), false, revocations, clock);
  }
}
