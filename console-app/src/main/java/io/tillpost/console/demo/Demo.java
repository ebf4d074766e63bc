package io.tillpost.console.demo;

import io.tillpost.console.security.Role;
import io.tillpost.console.start.Progress;
import io.tillpost.console.start.StartRefused;
import io.tillpost.store.Stores;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;

/**
 * Starts everything on one machine: Elasticsearch, ingest, console, alerting, a mail sink, and the
 * simulated estate. Shows on standard output what it does; everything else goes to {@code
 * logs/console.log} in the home.
 */
public final class Demo {

  /** A system property with the path of the simulator's jar, set by the launcher. */
  public static final String SIMULATOR = "tillpost.simulator";

  private static final Duration HISTORY_AT_MOST = Duration.ofMinutes(4);
  private static final int SECRET_BYTES = 24;

  private Demo() {}

  /**
   * Runs until the process is ended.
   *
   * @param application the console
   * @param arguments those after {@code demo}
   * @param out where progress and the ready line go
   * @throws StartRefused if something has to be put right first
   */
  public static void run(SpringApplication application, List<String> arguments, PrintStream out) {
    DemoOptions options = DemoOptions.parse(arguments);
    Path home = home();
    DemoPorts ports = options.ports();
    Preflight.roomIn(home);
    ports.checkFree();
    Path jar = simulatorJar();
    Progress progress = line -> out.println("  " + line);
    out.println("Starting the Tillpost demo in " + home);

    Path own = home.resolve("demo");
    String channelSecret = channelSecret();
    Path stores = Simulator.writeStores(jar, options, own);
    Path schema = Simulator.writeSchema(jar, own);
    MailSink mailSink = MailSink.start();
    Simulator simulator = new Simulator(jar, options, home, ports, channelSecret, progress);
    application.setDefaultProperties(
        defaults(options, home, stores, schema, DemoUsers.writeTo(own), mailSink, channelSecret));
    application.addInitializers(
        context -> {
          context
              .getEnvironment()
              .getPropertySources()
              .addFirst(new MapPropertySource("options of the demo", properties(ports)));
          GenericApplicationContext beans = (GenericApplicationContext) context;
          beans.registerBean("progress", Progress.class, () -> progress);
          beans.registerBean("mailSink", MailSink.class, () -> mailSink);
          beans.registerBean("simulator", Simulator.class, () -> simulator);
        });
    try {
      ConfigurableApplicationContext context = application.run();
      awaitHistory(
          simulator,
          new Indexing(context.getBean(Stores.class), context.getBean(Clock.class), progress),
          context);
    } catch (RuntimeException e) {
      mailSink.close();
      throw e;
    }
    ready(options, out);
  }

  private static void awaitHistory(
      Simulator simulator, Indexing indexing, ConfigurableApplicationContext context) {
    try {
      simulator.awaitHistory(HISTORY_AT_MOST, indexing);
    } catch (StartRefused e) {
      context.close();
      throw e;
    }
  }

  private static void ready(DemoOptions options, PrintStream out) {
    String logins =
        Arrays.stream(Role.values()).map(DemoUsers::login).collect(Collectors.joining(", "));
    out.println("Tillpost is ready: http://localhost:" + options.ports().console());
    out.println(
        "Log in as one of " + logins + "; the password is the name. Ctrl-C ends everything.");
  }

  /** What was asked for on the command line wins over every file and variable. */
  private static Map<String, Object> properties(DemoPorts ports) {
    return Map.of(
        "server.port",
        ports.console(),
        "tillpost.ingest.grpc-port",
        ports.grpc(),
        "tillpost.ingest.http-port",
        ports.http(),
        "tillpost.channels.middleware.url",
        "http://localhost:" + ports.channel() + "/recovery",
        "tillpost.channels.middleware.look-up-url",
        "http://localhost:" + ports.channel() + "/recovery/look-up");
  }

  /** The rest can be overridden as in any installation. */
  private static Map<String, Object> defaults(
      DemoOptions options,
      Path home,
      Path stores,
      Path schema,
      Path users,
      MailSink mailSink,
      String channelSecret) {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("server.address", "127.0.0.1");
    properties.put("logging.file.name", home.resolve("logs").resolve("console.log").toString());
    properties.put("logging.threshold.console", "OFF");
    properties.put("spring.mail.host", "127.0.0.1");
    properties.put("spring.mail.port", mailSink.port());
    properties.put("tillpost.home", home.toString());
    properties.put("tillpost.console.url", "http://localhost:" + options.ports().console());
    properties.put("tillpost.security.users-file", users.toString());
    properties.put("tillpost.stores.file", stores.toString());
    properties.put("tillpost.elasticsearch.embedded.enabled", true);
    properties.put("tillpost.ingest.enabled", true);
    properties.put("tillpost.ingest.log.directory", home.resolve("ingest-log").toString());
    properties.put("tillpost.channels.middleware.secret", channelSecret);
    properties.put(
        "tillpost.channels.middleware.workflows",
        "sales-posting,returns,inventory-sync,price-distribution,promotion-distribution,loyalty,end-of-day");
    // Corrections of sales are checked; the tax code of gift hampers breaks it.
    properties.put("tillpost.recovery.edit.schemas[0].workflow", "sales-posting");
    properties.put("tillpost.recovery.edit.schemas[0].file", schema.toString());
    // Only the service that throttles: what else is stuck is there for people to put right.
    properties.put("tillpost.recovery.automatic.TRANSIENT.targets", "loyalty-saas");
    properties.put("tillpost.recovery.automatic.TRANSIENT.delay", "1m");
    properties.put("tillpost.recovery.automatic.TRANSIENT.longest-delay", "10m");
    properties.put(
        "tillpost.telemetry.endpoint", "http://localhost:" + options.ports().http() + "/v1/traces");
    properties.put("tillpost.alerting.enabled", true);
    properties.put("tillpost.alerting.recipients.critical", "oncall@demo.localhost");
    properties.put("tillpost.alerting.recipients.warning", "oncall@demo.localhost");
    return properties;
  }

  private static Path home() {
    String configured = System.getenv("TILLPOST_HOME");
    return Path.of(configured == null || configured.isBlank() ? ".tillpost" : configured)
        .toAbsolutePath()
        .normalize();
  }

  private static Path simulatorJar() {
    Optional<Path> jar = Optional.ofNullable(System.getProperty(SIMULATOR)).map(Path::of);
    return jar.filter(Files::isReadable)
        .orElseThrow(
            () ->
                new StartRefused(
                    "The simulator is not there; start the demo with ./tillpost demo, which builds it."));
  }

  private static String channelSecret() {
    byte[] secret = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(secret);
    return HexFormat.of().formatHex(secret);
  }
}
