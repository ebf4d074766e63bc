package io.tillpost.console.exceptions.ui;

import io.tillpost.console.Shortcut;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The keys of the exceptions view, for the keyboard help. */
@Configuration(proxyBeanMethods = false)
class ExceptionKeys {
  private static final String WHERE = "Exceptions";

  /** Listens while no field and no dialog has the keyboard. */
  static final String LISTEN =
      """
      const view = this;
      if (view.tillpostKeys) return;
      view.tillpostKeys = (e) => {
        if (!view.isConnected) { document.removeEventListener('keydown', view.tillpostKeys); view.tillpostKeys = null; return; }
        const t = e.composedPath()[0];
        // A box that was ticked has the keyboard, but takes no letters.
        const ticks = t.tagName === 'INPUT' && ['checkbox', 'radio'].includes(t.type);
        const writes = !ticks && (t.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(t.tagName));
        const chooses = t.closest?.('[role=menuitem], [role=menu], [role=option], [role=listbox], [aria-haspopup]');
        const busy = writes || chooses || e.ctrlKey || e.metaKey || e.altKey || document.querySelector('vaadin-dialog[opened]');
        if (busy || !['j', 'k', 'c', 'a', 'r', 'x', '/', 'Enter'].includes(e.key)) return;
        // Held down, a key moves on; it does nothing over and over.
        if (e.repeat && !['j', 'k'].includes(e.key)) return;
        if (e.key === 'Enter' && t.closest?.('button, a, summary, [role=button], [role=tab], vaadin-button')) return;
        e.preventDefault();
        view.$server.key(e.key);
      };
      document.addEventListener('keydown', view.tillpostKeys);
      """;

  @Bean
  Shortcut exceptionsMove() {
    return new Shortcut("j, k", WHERE, "next, previous exception");
  }

  @Bean
  Shortcut exceptionsOpen() {
    return new Shortcut("Enter", WHERE, "go into the open exception");
  }

  @Bean
  Shortcut exceptionsClassify() {
    return new Shortcut("c", WHERE, "classify");
  }

  @Bean
  Shortcut exceptionsAssign() {
    return new Shortcut("a", WHERE, "assign to me");
  }

  @Bean
  Shortcut exceptionsRetry() {
    return new Shortcut("r", WHERE, "retry all its messages");
  }

  @Bean
  Shortcut exceptionsSelect() {
    return new Shortcut("x", WHERE, "select the open exception, or no longer");
  }

  @Bean
  Shortcut exceptionsSearch() {
    return new Shortcut("/", WHERE, "search");
  }
}
