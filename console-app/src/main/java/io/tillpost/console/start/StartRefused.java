package io.tillpost.console.start;

import org.springframework.boot.ExitCodeGenerator;

/**
 * The console cannot start, and it is for the person who started it to put right: a wrong option, a
 * busy port, a bad file. The message is one sentence for that person; the process ends with exit
 * code 2.
 */
public final class StartRefused extends RuntimeException implements ExitCodeGenerator {

  /** The exit code for what the caller has to put right. */
  public static final int EXIT_CODE = 2;

  /** One sentence that says what is wrong and what to do. */
  public StartRefused(String sentence) {
    super(sentence);
  }

  /** One sentence that says what is wrong and what to do, and what it came from for the log. */
  public StartRefused(String sentence, Throwable cause) {
    super(sentence, cause);
  }

  @Override
  public int getExitCode() {
    return EXIT_CODE;
  }
}
