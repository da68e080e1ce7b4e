package org.pupilledger.agreement;

import org.jspecify.annotations.Nullable;
import org.pupilledger.values.BusinessDate;

/**
 * Whether a version came through the approval panel.
 *
 * @param on when the panel considered it; null where that is not stated, or there was none
 */
public record Approval(ApprovalPanel panel, @Nullable BusinessDate on) {
    public Approval {
        if (panel == ApprovalPanel.NONE && on != null) {
            throw new IllegalArgumentException("the date of no panel");
        }
    }
}
