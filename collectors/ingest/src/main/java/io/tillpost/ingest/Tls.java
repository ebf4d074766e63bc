package io.tillpost.ingest;

import com.linecorp.armeria.common.CommonPools;
import com.linecorp.armeria.common.TlsKeyPair;
import com.linecorp.armeria.common.TlsProvider;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServerTlsConfig;
import io.netty.handler.ssl.ClientAuth;
import io.tillpost.ingest.receive.Revocations;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS of both ports. The certificate is read again every minute, so that it can be renewed without
 * a restart, and so are lists of revoked client certificates; the authorities of clients are read
 * at the start alone.
 */
final class Tls {
  private static final Logger LOG = LoggerFactory.getLogger(Tls.class);

  /** How often files are read again. */
  static final Duration READ_AGAIN = Duration.ofMinutes(1);

  private static final String KEYS = "tillpost.ingest.tls.";

  private Tls() {}

  /**
   * Makes the ports speak TLS, if a certificate is configured.
   *
   * @throws IngestStartException if something of it is missing or cannot be read
   */
  static void apply(IngestProperties.Tls config, ServerBuilder builder) {
    Path certificate = config.certificate();
    Path key = config.key();
    Path clientCa = config.clientCa();
    if (certificate == null || key == null) {
      if (config.isAsked()) {
        throw new IngestStartException(
            "Ingest cannot speak TLS: set both " + KEYS + "certificate and " + KEYS + "key", null);
      }
      return;
    }
    if (clientCa == null && config.requireClientCertificate()) {
      throw new IngestStartException(
          "Ingest cannot ask for certificates of clients: set " + KEYS + "client-ca", null);
    }
    KeyPairFiles files = new KeyPairFiles(certificate, key);
    builder.tlsProvider(
        TlsProvider.ofScheduled(
            files::current,
            clientCa == null ? List.of() : authorities(clientCa),
            _ -> LOG.info("Ingest shows the certificate of {}", certificate),
            READ_AGAIN,
            CommonPools.blockingTaskExecutor()),
        ServerTlsConfig.builder().clientAuth(clientAuth(config)).build());
  }

  /**
   * The client certificates that were taken back, as they are known at the start.
   *
   * @throws IngestStartException if the lists cannot be read
   */
  static Revocations revocations(IngestProperties.Tls config, Clock clock) {
    Path file = config.clientRevocations();
    if (file == null) {
      return Revocations.NONE;
    }
    Path clientCa = config.clientCa();
    if (clientCa == null) {
      throw new IngestStartException(
          "Ingest cannot know whose "
              + KEYS
              + "client-revocations these are: set "
              + KEYS
              + "client-ca",
          null);
    }
    try {
      return Revocations.read(
          file, authorities(clientCa), config.requireClientCertificate(), clock);
    } catch (IOException | CRLException e) {
      throw unreadable("client-revocations", file, e);
    }
  }

  private static ClientAuth clientAuth(IngestProperties.Tls config) {
    if (config.clientCa() == null) {
      return ClientAuth.NONE;
    }
    return config.requireClientCertificate() ? ClientAuth.REQUIRE : ClientAuth.OPTIONAL;
  }

  private static List<X509Certificate> authorities(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      List<X509Certificate> authorities = new ArrayList<>();
      CertificateFactory.getInstance("X.509")
          .generateCertificates(in)
          .forEach(each -> authorities.add((X509Certificate) each));
      if (authorities.isEmpty()) {
        throw new CertificateException("it holds no certificate");
      }
      return authorities;
    } catch (IOException | CertificateException e) {
      throw unreadable("client-ca", file, e);
    }
  }

  private static IngestStartException unreadable(String key, Path file, Exception cause) {
    return new IngestStartException(
        "The file of %s%s, %s, cannot be read: %s".formatted(KEYS, key, file, cause.getMessage()),
        cause);
  }

  /** The two files; what they held last stays in use while they cannot be read. */
  private static final class KeyPairFiles {
    private final Path certificate;
    private final Path key;
    private volatile @Nullable TlsKeyPair last;

    KeyPairFiles(Path certificate, Path key) {
      this.certificate = certificate;
      this.key = key;
      this.last = read();
    }

    TlsKeyPair current() {
      TlsKeyPair before = last;
      try {
        TlsKeyPair now = read();
        last = now;
        return now;
      } catch (IngestStartException e) {
        if (before == null) {
          throw e;
        }
        LOG.warn("{}; ingest goes on with the certificate from before", e.getMessage());
        return before;
      }
    }

    private TlsKeyPair read() {
      TlsKeyPair read;
      try {
        read = TlsKeyPair.of(key.toFile(), certificate.toFile());
      } catch (RuntimeException e) {
        throw unreadable("certificate or " + KEYS + "key", certificate, e);
      }
      // While they are renewed, one of the two may be there before the other.
      if (!belongTogether(read.privateKey(), read.certificateChain().getFirst().getPublicKey())) {
        throw new IngestStartException(
            "The files of %scertificate, %s, and %skey, %s, do not belong together"
                .formatted(KEYS, certificate, KEYS, key),
            null);
      }
      return read;
    }

    /** Whether the one verifies what the other signs; true where no such signature is known. */
    private static boolean belongTogether(PrivateKey key, PublicKey of) {
      String algorithm =
          switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
          };
      try {
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        byte[] signed = signature.sign();
        signature.initVerify(of);
        return signature.verify(signed);
      } catch (NoSuchAlgorithmException _) {
        return true;
      } catch (InvalidKeyException | SignatureException _) {
        return false;
      }
    }
  }
}
