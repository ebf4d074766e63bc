package io.tillpost.ingest;

import com.linecorp.armeria.common.CommonPools;
import com.linecorp.armeria.common.HttpHeaders;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.server.HttpResponseException;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.HttpStatusException;
import com.linecorp.armeria.server.RequestTimeoutException;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServerPort;
import io.tillpost.ingest.log.IngestLog;
import io.tillpost.ingest.masking.Masking;
import io.tillpost.ingest.otlp.OtlpReceivers;
import io.tillpost.ingest.progress.IngestMetrics;
import io.tillpost.ingest.progress.SenderActivity;
import io.tillpost.ingest.receive.ApiKeys;
import io.tillpost.ingest.receive.Backpressure;
import io.tillpost.ingest.receive.Door;
import io.tillpost.ingest.receive.Intake;
import io.tillpost.ingest.receive.JsonBodies;
import io.tillpost.ingest.receive.Load;
import io.tillpost.ingest.receive.PostEndpoint;
import io.tillpost.ingest.receive.PostService;
import io.tillpost.ingest.receive.Revocations;
import io.tillpost.ingest.receive.Sender;
import io.tillpost.ingest.receive.TimeWindow;
import io.tillpost.ingest.senders.SenderCopy;
import io.tillpost.ingest.senders.SenderSync;
import io.tillpost.ingest.status.EventRules;
import io.tillpost.ingest.status.MessageEventEndpoint;
import io.tillpost.ingest.status.SendAgain;
import io.tillpost.store.CertificateMark;
import io.tillpost.store.ConfiguredSenders;
import io.tillpost.store.DocumentStore;
import io.tillpost.store.IngestSender;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.unit.DataSize;

/** The listening side: one server with two ports, each of which serves all protocols. */
final class Receivers implements AutoCloseable {
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration QUIET = Duration.ofMillis(100);
  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final long MIN_BYTES_IN_MEMORY = 64L << 20;
  private static final int SHARE_OF_HEAP = 6;
  private static final int CHUNK_BYTES = 64 << 10;

  private static final Logger LOG = LoggerFactory.getLogger(Receivers.class);
  private static final long STOP_SECONDS = 15;

  private final Server server;
  private final Load load;
  private final SendAgain sendAgain;
  private final SenderSync senders;
  private final Future<?> readingRevocations;

  private Receivers(
      Server server,
      Load load,
      SendAgain sendAgain,
      SenderSync senders,
      Future<?> readingRevocations) {
    this.server = server;
    this.load = load;
    this.sendAgain = sendAgain;
    this.senders = senders;
    this.readingRevocations = readingRevocations;
  }

  static Receivers start(
      String processId,
      IngestProperties config,
      IngestLog log,
      DocumentStore documents,
      IngestMetrics metrics,
      Clock clock,
      Map<String, HttpService> readable) {
    Revocations revocations = Tls.revocations(config.tls(), clock);
    ApiKeys keys = keys(config, revocations, clock);
    SenderActivity activity = new SenderActivity(metrics, clock);
    Load load =
        new Load(
            Math.max(2, Runtime.getRuntime().availableProcessors()),
            Math.max(MIN_BYTES_IN_MEMORY, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP),
            Math.max(config.maxRequestSize().toBytes(), config.maxGrpcMessageSize().toBytes()));
    Backpressure backpressure =
        new Backpressure(metrics, activity, () -> ThreadLocalRandom.current().nextLong());
    Intake intake = new Intake(log, metrics, backpressure, activity, clock);
    Door door = new Door(keys, backpressure, activity);
    TimeWindow window = new TimeWindow(clock, config.retention(), config.clockSkew());
    EventRules rules = new EventRules(window, maskings(config));
    long maxBytes = config.maxRequestSize().toBytes();
    JsonBodies json = new JsonBodies(maxBytes);
    OtlpReceivers otlp = new OtlpReceivers(window, rules, intake, clock);

    ServerBuilder builder = Server.builder();
    List<PostEndpoint> endpoints =
        List.of(
            otlp.tracesOverHttp(json),
            otlp.logsOverHttp(json),
            new MessageEventEndpoint(json, rules, intake, clock));
    List<String> paths = List.of("/v1/traces", "/v1/logs", "/v1/message-events");
    for (int i = 0; i < paths.size(); i++) {
      builder.service(
          paths.get(i),
          new PostService(endpoints.get(i), door, intake, load, backpressure, activity, maxBytes));
    }
    readable.forEach(builder::service);
    otlp.overGrpc(
        builder, door, load, backpressure, Math.toIntExact(config.maxGrpcMessageSize().toBytes()));
    InetAddress address = address(config);
    builder
        .port(new ServerPort(new InetSocketAddress(address, config.grpcPort()), protocol(config)))
        .port(new ServerPort(new InetSocketAddress(address, config.httpPort()), protocol(config)))
        // Each chunk of a body costs as much as some hundred bytes of it; most bodies are large.
        .http1MaxChunkSize(CHUNK_BYTES)
        // Sizes are bounded by the services themselves, which can say so in their protocol.
        .maxRequestLength(0)
        .requestTimeout(REQUEST_TIMEOUT)
        .gracefulShutdownTimeout(QUIET, GRACE)
        .errorHandler((_, cause) -> isAnswered(cause) ? null : notAnswered());
    Tls.apply(config.tls(), builder);
    SenderSync senders =
        new SenderSync(
            documents,
            processId,
            configured(config),
            keys,
            activity,
            new SenderCopy(config.log().directory().resolve("senders.json")),
            clock);
    return listen(
        config,
        new Receivers(
            builder.build(),
            load,
            new SendAgain(documents, json, rules, intake),
            senders,
            readAgainAndAgain(revocations)));
  }

  private static Future<?> readAgainAndAgain(Revocations revocations) {
    long seconds = Tls.READ_AGAIN.toSeconds();
    return CommonPools.blockingTaskExecutor()
        .scheduleWithFixedDelay(revocations::readAgain, seconds, seconds, TimeUnit.SECONDS);
  }

  private static SessionProtocol protocol(IngestProperties config) {
    return config.tls().isOn() ? SessionProtocol.HTTPS : SessionProtocol.HTTP;
  }

  private static boolean isAnswered(Throwable cause) {
    return cause instanceof HttpStatusException
        || cause instanceof HttpResponseException
        || cause instanceof RequestTimeoutException;
  }

  private static HttpResponse notAnswered() {
    return HttpResponse.of(
        ResponseHeaders.builder(HttpStatus.SERVICE_UNAVAILABLE)
            .add(HttpHeaders.of("retry-after", "5"))
            .build());
  }

  private static Receivers listen(IngestProperties config, Receivers receivers) {
    // Before the doors open, so that no key of theirs is turned away.
    receivers.senders.start();
    try {
      receivers.server.start().join();
      receivers.sendAgain.start();
      return receivers;
    } catch (CompletionException e) {
      receivers.readingRevocations.cancel(false);
      receivers.senders.close();
      receivers.load.close();
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IngestStartException(
          cause instanceof BindException || String.valueOf(cause).contains("BindException")
              ? "Port %d or %d of %s is in use by another process"
                  .formatted(config.grpcPort(), config.httpPort(), config.host())
              : "Ingest cannot listen on " + config.host() + ": " + cause.getMessage(),
          cause);
    }
  }

  private static ApiKeys keys(IngestProperties config, Revocations revocations, Clock clock) {
    boolean keyless = config.isKeyless();
    if (keyless && !address(config).isLoopbackAddress()) {
      throw new IngestStartException(
          "Ingest listens on "
              + config.host()
              + ", so everybody there could send: set tillpost.ingest.api-keys, tillpost.ingest.senders, or"
              + " tillpost.ingest.require-key for the keys that are made in the console; or"
              + " tillpost.ingest.host to 127.0.0.1",
          null);
    }
    try {
      Map<Sender, List<String>> hashes = new LinkedHashMap<>();
      Map<String, Sender> certified = new LinkedHashMap<>();
      config
          .senders()
          .forEach(
              (name, properties) -> {
                Sender sender = sender(name, properties);
                hashes.put(sender, properties.keys());
                properties.certificates().forEach(each -> certify(certified, each, sender));
              });
      hashes.put(Sender.unbound("api-keys"), config.apiKeys());
      return ApiKeys.of(hashes, certified, keyless, revocations, clock);
    } catch (IllegalArgumentException e) {
      throw new IngestStartException(String.valueOf(e.getMessage()), e);
    }
  }

  private static void certify(Map<String, Sender> certified, String written, Sender sender) {
    String mark = mark(sender.name(), written);
    Sender other = certified.putIfAbsent(mark, sender);
    if (other != null) {
      throw new IllegalArgumentException(
          "The senders '%s' and '%s' have the same certificate"
              .formatted(other.name(), sender.name()));
    }
  }

  private static String mark(String sender, String written) {
    return switch (CertificateMark.of(written)) {
      case CertificateMark.Known(var known) -> known;
      case CertificateMark.Wrong(var reason) ->
          throw new IllegalArgumentException(
              "A certificate of the sender '%s': %s".formatted(sender, reason));
    };
  }

  /** What the console may know of them; keys without a sender stand under the name of their key. */
  private static List<ConfiguredSenders.One> configured(IngestProperties config) {
    List<ConfiguredSenders.One> all = new ArrayList<>();
    new TreeMap<>(config.senders())
        .forEach(
            (name, sender) -> {
              DataSize bytes = sender.bytesPerSecond();
              all.add(
                  new ConfiguredSenders.One(
                      name,
                      new IngestSender.Bounds(
                          sender.stores(),
                          sender.eventsPerSecond(),
                          bytes == null ? null : bytes.toBytes()),
                      sender.keys().size(),
                      sender.certificates().stream().map(each -> mark(name, each)).toList()));
            });
    if (!config.apiKeys().isEmpty()) {
      all.add(
          new ConfiguredSenders.One(
              "api-keys", IngestSender.Bounds.NONE, config.apiKeys().size(), List.of()));
    }
    return all;
  }

  private static Map<String, Masking> maskings(IngestProperties config) {
    Map<String, Masking> maskings = new LinkedHashMap<>();
    config
        .masking()
        .forEach(
            (workflow, masking) -> {
              try {
                maskings.put(workflow, Masking.of(masking.keep(), masking.mask()));
              } catch (IllegalArgumentException e) {
                throw new IngestStartException(
                    "tillpost.ingest.masking." + workflow + ": " + e.getMessage(), e);
              }
            });
    return maskings;
  }

  private static Sender sender(String name, IngestProperties.SenderProperties config) {
    DataSize bytes = config.bytesPerSecond();
    return new Sender(
        name,
        Set.copyOf(config.stores()),
        config.eventsPerSecond(),
        bytes == null ? null : bytes.toBytes(),
        System::nanoTime);
  }

  private static InetAddress address(IngestProperties config) {
    try {
      return InetAddress.getByName(config.host());
    } catch (UnknownHostException e) {
      throw new IngestStartException(
          "The address of tillpost.ingest.host is not known: " + config.host(), e);
    }
  }

  int port(boolean grpc) {
    List<ServerPort> bound = server.config().ports();
    int port = bound.get(grpc ? 0 : 1).localAddress().getPort();
    return port != 0 ? port : boundPort(grpc);
  }

  private int boundPort(boolean grpc) {
    return server.activePorts().keySet().stream()
        .skip(grpc ? 0 : 1)
        .mapToInt(InetSocketAddress::getPort)
        .findFirst()
        .orElseThrow();
  }

  /**
   * Takes no new requests, and finishes those that are there. One that hangs is left without an
   * answer after a while: its sender asks again, and nothing waits for ever.
   */
  @Override
  public void close() {
    sendAgain.close();
    try {
      server.stop().get(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      LOG.warn("Requests did not end within {} seconds; ingest ends without them", STOP_SECONDS);
    } catch (ExecutionException e) {
      LOG.warn("Ingest could not stop listening in order", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    readingRevocations.cancel(false);
    senders.close();
    load.close();
  }
}
