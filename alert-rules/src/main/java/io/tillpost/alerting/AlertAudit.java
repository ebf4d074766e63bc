package io.tillpost.alerting;

import io.tillpost.alerting.evaluate.Acknowledgement;
import io.tillpost.alerting.evaluate.Alert;

/** Is told of what people do with alerts, after it is done. A bean of this type is optional. */
@FunctionalInterface
public interface AlertAudit {
  /** Nobody wants to know. */
  AlertAudit NONE = (alert, acknowledgement) -> {};

  /** Somebody has acknowledged the alert. */
  void acknowledged(Alert alert, Acknowledgement acknowledgement);
}
