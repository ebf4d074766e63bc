package io.tillpost.console;

import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.page.AppShellConfigurator;
import com.vaadin.flow.component.page.Push;
import com.vaadin.flow.server.AppShellSettings;
import com.vaadin.flow.theme.lumo.Lumo;
import io.tillpost.console.start.StartRefused;
import io.tillpost.frontend.TillpostTheme;
import java.io.PrintStream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the console; see {@code ./tillpost help}. */
@SpringBootApplication
@Push
@StyleSheet(Lumo.STYLESHEET)
@StyleSheet(Lumo.UTILITY_STYLESHEET)
@StyleSheet(TillpostTheme.STYLESHEET)
@StyleSheet("tillpost/console.css")
public class ConsoleApplication implements AppShellConfigurator {

  /** Entry point. */
  public static void main(String[] args) {
    try {
      SpringApplication.run(ConsoleApplication.class, args);
    } catch (RuntimeException e) {
      System.exit(refused(e, System.err));
    }
  }

  @Override
  public void configurePage(AppShellSettings settings) {
    settings.addFavIcon("icon", "tillpost/icon.svg", "any");
  }

  /**
   * Prints the sentence of a refused start, wherever it is in the chain, and gives the exit code.
   */
  private static int refused(RuntimeException failure, PrintStream out) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof StartRefused sentence) {
        out.println(sentence.getMessage());
        return sentence.getExitCode();
      }
    }
    out.println("Tillpost could not start: " + failure.getMessage());
    return 1;
  }
}
