/** How the driver reaches a server. */
@NullMarked
package io.bindery.bind.mysql.sockets;

import org.jspecify.annotations.NullMarked;
