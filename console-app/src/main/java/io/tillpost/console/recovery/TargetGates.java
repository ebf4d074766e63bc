package io.tillpost.console.recovery;

import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The gate of each target, the same one for all operations of this console. */
final class TargetGates {
  private static final String ALL_OTHERS = "default";

  private final Map<String, TargetProperties> configured;
  private final ZoneId consoleZone;
  private final Map<String, TargetGate> gates = new ConcurrentHashMap<>();

  TargetGates(Map<String, TargetProperties> configured, ZoneId consoleZone) {
    this.configured = configured;
    this.consoleZone = consoleZone;
  }

  /** The gate of that target. */
  TargetGate of(String target) {
    return gates.computeIfAbsent(target, this::gate);
  }

  private TargetGate gate(String target) {
    TargetProperties others = configured.getOrDefault(ALL_OTHERS, TargetProperties.USUAL);
    TargetProperties settings = configured.getOrDefault(target, others);
    return new TargetGate(settings, new TargetCalendar(settings, consoleZone));
  }
}
