package io.tillpost.frontend;

/**
 * The theme: Lumo, made compact and quiet, plus the design tokens ({@code --tillpost-…}) that views
 * and components share.
 *
 * <p>The application loads it on its app shell, after Lumo. Both are static resources in jars, so
 * nothing has to be bundled and a view finds them in place before its first paint:
 *
 * <pre>{@code
 * @StyleSheet(Lumo.STYLESHEET)
 * @StyleSheet(Lumo.UTILITY_STYLESHEET)
 * @StyleSheet(TillpostTheme.STYLESHEET)
 * public class ConsoleApplication implements AppShellConfigurator {}
 * }</pre>
 *
 * <p>Where Spring Security guards static resources, {@link #RESOURCES} must be permitted to all:
 * the login page is styled too.
 *
 * <p>Light and dark both come from {@code light-dark()}: every colour follows the {@code
 * color-scheme} of {@code <html>}, which {@code Page.setColorScheme(…)} changes live. {@code
 * LIGHT_DARK} follows the system. Why it is Lumo: {@code RATIONALE.md} of this module.
 */
public final class TillpostTheme {
  /** For {@code @StyleSheet} on the app shell. */
  public static final String STYLESHEET = "tillpost/tillpost.css";

  /** The path under which the theme's files are served, as a pattern. */
  public static final String RESOURCES = "/tillpost/**";

  /** Class of a block with a heading and a frame of its own. */
  public static final String PANEL = "tillpost-panel";

  /** Class of a panel's heading. */
  public static final String PANEL_TITLE = "tillpost-panel-title";

  /** Class of a responsive row of equal tiles. */
  public static final String TILES = "tillpost-tiles";

  /** Class of what stands where there is nothing to list: says why, and what to do. */
  public static final String EMPTY_STATE = "tillpost-empty";

  /** Class of the body of a dialog with a form: one column, even gaps. */
  public static final String FORM_DIALOG = "tillpost-form-dialog";

  /** Class of the row of filters and actions above a list. */
  public static final String TOOLBAR = "tillpost-toolbar";

  /** Class of numbers in a column: lining up, right aligned. */
  public static final String NUMBER = "tillpost-number";

  /** Class of keys, ids and codes: fixed width. */
  public static final String CODE = "tillpost-code";

  /** Class of text that is there for reference: small and quiet. */
  public static final String QUIET = "tillpost-quiet";

  /** Class of the root of a view: even padding, columns of panels on a wide screen. */
  public static final String VIEW = "tillpost-view";

  /** Class of a list of names and values. */
  public static final String FACTS = "tillpost-facts";

  private TillpostTheme() {}
}
