package io.tillpost.alerting.rule;

/** How a measured value is compared with a threshold. */
public enum Operator {
  MORE(">", "more than"),
  AT_LEAST(">=", "at least"),
  LESS("<", "less than"),
  AT_MOST("<=", "at most");

  private final String sign;
  private final String words;

  Operator(String sign, String words) {
    this.sign = sign;
    this.words = words;
  }

  /** As it is written in rule files: {@code >=}. */
  public String sign() {
    return sign;
  }

  /** As it reads in an explanation: {@code at least}. */
  public String words() {
    return words;
  }

  /** Whether a value that compares like this with the threshold satisfies the operator. */
  public boolean accepts(int comparison) {
    return switch (this) {
      case MORE -> comparison > 0;
      case AT_LEAST -> comparison >= 0;
      case LESS -> comparison < 0;
      case AT_MOST -> comparison <= 0;
    };
  }
}
