package io.tillpost.console.audit;

import io.tillpost.console.start.StartRefused;
import io.tillpost.store.Stores;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;

/**
 * {@code tillpost verify-audit}: reads the audit trail straight from the storage, without the
 * console, and says whether every record is there as it was written. Writes nothing.
 */
public final class VerifyAudit {
  /** The exit code where the trail is broken. */
  private static final int BROKEN = 1;

  private VerifyAudit() {}

  /**
   * Looks at the whole trail and prints what it found.
   *
   * @param arguments {@code --config FILE}, or nothing for the node that the demo keeps in the home
   * @param out where the verdict goes, one line
   * @return the exit code: 0 where the trail is intact, 1 where it is broken
   * @throws StartRefused where the storage cannot be asked
   */
  public static int run(List<String> arguments, PrintStream out) {
    SpringApplication application = new SpringApplication(Parts.class);
    application.setWebApplicationType(WebApplicationType.NONE);
    application.setDefaultProperties(settings(arguments));
    try (ConfigurableApplicationContext context = application.run()) {
      Stores stores = context.getBean(Stores.class);
      AuditVerdict verdict = new AuditCheck(stores.documents(), context.getBean(Clock.class)).run();
      out.println(verdict.words());
      return verdict instanceof AuditVerdict.Intact ? 0 : BROKEN;
    }
  }

  private static Map<String, Object> settings(List<String> arguments) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("logging.level.root", "WARN");
    switch (arguments) {
      case List<String> none when none.isEmpty() ->
          settings.put("tillpost.elasticsearch.embedded.enabled", true);
      case List<String> two when two.size() == 2 && two.getFirst().equals("--config") -> {
        Path file = Path.of(two.getLast()).toAbsolutePath();
        if (!Files.isReadable(file)) {
          throw new StartRefused("The configuration " + file + " is not there or cannot be read.");
        }
        settings.put("spring.config.additional-location", file.toUri().toString());
      }
      default ->
          throw new StartRefused(
              "verify-audit takes --config FILE and nothing else, not: "
                  + String.join(" ", arguments));
    }
    return settings;
  }

  /** As much of the console as reaches the storage. Never found by the console's own scan. */
  @ComponentScan({"io.tillpost.console.storage", "io.tillpost.console.settings"})
  static class Parts {
    @Bean
    Clock clock() {
      return Clock.systemUTC();
    }
  }
}
