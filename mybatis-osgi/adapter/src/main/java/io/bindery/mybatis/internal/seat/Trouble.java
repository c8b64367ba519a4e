package io.bindery.mybatis.internal.seat;

import io.bindery.error.ErrorCode;

/**
 * Why a model that is installed does not serve, and will not until somebody acts.
 *
 * @param code CONFIGURATION or UNAVAILABLE
 * @param text names the model, the reason and the remedy
 */
record Trouble(ErrorCode code, String text) {}
