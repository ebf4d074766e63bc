package io.tillpost.alerting.evaluate;

import java.util.OptionalLong;

/** How many calls a system allows. Thread-safe. */
@FunctionalInterface
public interface ApiLimits {
  /** No system has a limit. */
  ApiLimits NONE = api -> OptionalLong.empty();

  /** The calls a minute that this system allows; empty where no limit is known. */
  OptionalLong callsPerMinute(String api);
}
