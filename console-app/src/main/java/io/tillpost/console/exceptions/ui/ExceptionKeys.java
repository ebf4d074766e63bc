package io.tillpost.console.exceptions.ui;

import io.tillpost.console.Shortcut;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The keys of the exceptions view, for the keyboard help. */
@Configuration(proxyBeanMethods = false)
class ExceptionKeys {
  private static final String WHERE = "Exceptions";

  /**
   * Listens while no field and no dialog has the keyboard; before anything else does, so that the
   * key that closes a dialog closes that only, and a row of the grid does not move as well.
   */
  static final String LISTEN =
      """
      const view = this;
      if (view.tillpostKeys) return;
      view.tillpostKeys = (e) => {
        if (!view.isConnected) { document.removeEventListener('keydown', view.tillpostKeys, true); view.tillpostKeys = null; return; }
        const t = e.composedPath()[0];
        // A box that was ticked has the keyboard, but takes no letters.
        const ticks = t.tagName === 'INPUT' && ['checkbox', 'radio'].includes(t.type);
        const writes = !ticks && (t.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(t.tagName));
        const chooses = t.closest?.('[role=menuitem], [role=menu], [role=option], [role=listbox], [aria-haspopup]');
        const busy = writes || chooses || e.ctrlKey || e.metaKey || e.altKey || document.querySelector('vaadin-dialog[opened]');
        const extending = e.shiftKey && ['ArrowUp', 'ArrowDown'].includes(e.key);
        const space = e.key === ' ' && !e.shiftKey;
        if (busy || !(extending || space || ['j', 'k', 'c', 'a', 'r', 'i', 'x', '/', 'Enter', 'Escape'].includes(e.key))) return;
        // Held down, a key moves on; it does nothing over and over.
        if (e.repeat && !extending && !['j', 'k'].includes(e.key)) return;
        const pressed = t.closest?.('button, a, summary, [role=button], [role=tab], vaadin-button');
        if ((e.key === 'Enter' || space || extending) && pressed || space && ticks) return;
        // Within the open exception these scroll, and select text.
        if ((space || extending) && e.target.closest?.('.tillpost-inbox-panel')) return;
        // Who goes on in the list has left the open exception. Hidden and shown within one frame it would keep the keyboard.
        if (['j', 'k'].includes(e.key) && e.target.closest?.('.tillpost-inbox-panel')) t.blur?.();
        if (e.key !== 'Escape') e.preventDefault();
        if (space || extending) e.stopPropagation();
        // Where it fails the server says so on the page.
        view.$server.key(extending ? 'Shift ' + e.key : e.key).catch(() => {});
      };
      document.addEventListener('keydown', view.tillpostKeys, true);
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
    return new Shortcut("c", WHERE, "classify the open exception, or all selected");
  }

  @Bean
  Shortcut exceptionsAssign() {
    return new Shortcut("a", WHERE, "assign the open exception to me, or all selected to somebody");
  }

  @Bean
  Shortcut exceptionsRetry() {
    return new Shortcut("r", WHERE, "preview the retry of all its messages, or of all selected");
  }

  @Bean
  Shortcut exceptionsIgnore() {
    return new Shortcut(
        "i", WHERE, "ignore the open exception or stop that, or ignore all selected");
  }

  @Bean
  Shortcut exceptionsExtend() {
    return new Shortcut("Shift ↑, Shift ↓", WHERE, "select up to the exception above, below");
  }

  @Bean
  Shortcut exceptionsSelectNone() {
    return new Shortcut("Esc", WHERE, "select none");
  }

  @Bean
  Shortcut exceptionsSelect() {
    return new Shortcut("x, Space", WHERE, "select the open exception, or no longer");
  }

  @Bean
  Shortcut exceptionsSearch() {
    return new Shortcut("/", WHERE, "search");
  }
}
