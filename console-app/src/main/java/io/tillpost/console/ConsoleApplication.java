package io.tillpost.console;

import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.page.AppShellConfigurator;
import com.vaadin.flow.component.page.Push;
import com.vaadin.flow.server.AppShellSettings;
import com.vaadin.flow.theme.lumo.Lumo;
import io.tillpost.frontend.TillpostTheme;
import java.util.List;
import java.util.Locale;
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
    // Words are English: numbers must not be German or Arabic among them where the server is.
    Locale.setDefault(Locale.UK);
    int code = new CommandLine(System.out, System.err).run(List.of(args));
    if (code != 0) {
      System.exit(code);
    }
  }

  @Override
  public void configurePage(AppShellSettings settings) {
    settings.addFavIcon("icon", "tillpost/icon.svg", "any");
  }
}
