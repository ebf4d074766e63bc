package io.tillpost.ingest.faults;

import static org.awaitility.Awaitility.await;

import io.tillpost.testing.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Uuid;

/**
 * A cluster of one real broker, as a process of its own, to be killed, paused and started again.
 */
final class KafkaBroker implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(2);

  /** A user who may log in, at {@link #loginServers}, and do nothing else. */
  static final String USER = "guest";

  static final String PASSWORD = "hush-hush";

  private final Path directory;
  private final int port;
  private final int loginPort;
  private final int tlsPort;
  private final int controllerPort;
  private final String clusterId = Uuid.randomUuid().toString();
  private Process process;

  private KafkaBroker(Path directory) throws IOException {
    this.directory = directory;
    this.port = FreePorts.next();
    this.loginPort = FreePorts.next();
    this.tlsPort = FreePorts.next();
    this.controllerPort = FreePorts.next();
    this.process = launch();
  }

  /** Starts it and returns once it answers. */
  static KafkaBroker start(Path directory) throws IOException {
    Files.createDirectories(directory);
    KafkaBroker broker = new KafkaBroker(directory);
    broker.awaitStarted();
    return broker;
  }

  String servers() {
    return "127.0.0.1:" + port;
  }

  /** Where it asks who somebody is. */
  String loginServers() {
    return "127.0.0.1:" + loginPort;
  }

  /**
   * Where it speaks TLS, and asks for the {@linkplain KafkaCertificates certificate} of clients.
   */
  String tlsServers() {
    return "localhost:" + tlsPort;
  }

  /** To look at it and change it; to be closed. */
  Admin admin() {
    return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers()));
  }

  private Process launch() throws IOException {
    Path settings = Files.writeString(directory.resolve("server.properties"), settings());
    Path logging =
        Files.writeString(
            directory.resolve("logback.xml"),
            """
            <configuration>
              <appender name="OUT" class="ch.qos.logback.core.ConsoleAppender">
                <encoder><pattern>%d %level %logger{0} %msg%n</pattern></encoder>
              </appender>
              <root level="warn"><appender-ref ref="OUT"/></root>
            </configuration>
            """);
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx192m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dlogback.configurationFile=" + logging,
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            KafkaMain.class.getName(),
            settings.toString(),
            clusterId)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve("broker.out").toFile()))
        .start();
  }

  private String settings() throws IOException {
    Path own =
        Files.writeString(
            directory.resolve("broker.pem"),
            KafkaCertificates.key(KafkaCertificates.BROKER)
                + KafkaCertificates.certificate(KafkaCertificates.BROKER));
    Path clients =
        Files.writeString(
            directory.resolve("clients.pem"),
            KafkaCertificates.certificate(KafkaCertificates.INGEST));
    return String.join(
        "\n",
        List.of(
            "process.roles=broker,controller",
            "node.id=1",
            "listeners=PLAINTEXT://127.0.0.1:%d,LOGIN://127.0.0.1:%d,TLS://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d"
                .formatted(port, loginPort, tlsPort, controllerPort),
            "advertised.listeners=PLAINTEXT://127.0.0.1:%d,LOGIN://127.0.0.1:%d,TLS://localhost:%d"
                .formatted(port, loginPort, tlsPort),
            "listener.security.protocol.map="
                + "PLAINTEXT:PLAINTEXT,LOGIN:SASL_PLAINTEXT,TLS:SSL,CONTROLLER:PLAINTEXT",
            "listener.name.tls.ssl.client.auth=required",
            "listener.name.tls.ssl.keystore.type=PEM",
            "listener.name.tls.ssl.keystore.location=" + own,
            "listener.name.tls.ssl.truststore.type=PEM",
            "listener.name.tls.ssl.truststore.location=" + clients,
            "sasl.enabled.mechanisms=PLAIN",
            "listener.name.login.plain.sasl.jaas.config="
                + "org.apache.kafka.common.security.plain.PlainLoginModule required user_%s=\"%s\";"
                    .formatted(USER, PASSWORD),
            "authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer",
            "super.users=User:ANONYMOUS;" + KafkaCertificates.INGEST_PRINCIPAL,
            "controller.listener.names=CONTROLLER",
            "controller.quorum.voters=1@127.0.0.1:" + controllerPort,
            "log.dirs=" + directory.resolve("data"),
            "auto.create.topics.enable=false",
            "offsets.topic.replication.factor=1",
            "offsets.topic.num.partitions=1",
            "group.initial.rebalance.delay.ms=0",
            "group.min.session.timeout.ms=1000",
            "num.network.threads=1",
            "num.io.threads=2",
            "log.cleaner.enable=false",
            ""));
  }

  private void awaitStarted() throws IOException {
    await().atMost(START).until(() -> !process.isAlive() || answers());
    if (!process.isAlive()) {
      throw new AssertionError(
          "The broker did not start:\n" + Files.readString(directory.resolve("broker.out")));
    }
  }

  private boolean answers() {
    try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  long pid() {
    return process.pid();
  }

  /** {@code kill -9}. */
  void kill() {
    var _ = process.destroyForcibly().onExit().join();
  }

  /** Starts it again on its directory and ports. */
  void startAgain() throws IOException {
    process = launch();
    awaitStarted();
  }

  @Override
  public void close() {
    kill();
  }
}
